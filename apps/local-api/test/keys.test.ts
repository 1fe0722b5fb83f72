import { describe, expect, test } from "vitest";
import { localServer, mint, pageViewed, track } from "./support/local-server";

describe("events are accepted", () => {
  test("with the server's secret key", async () => {
    const server = await localServer({ keys: [{ key: "sk_live_mine" }] });
    expect((await track(server, pageViewed, { Authorization: "ApiKey sk_live_mine" })).status).toBe(202);
  });

  test("in the workspace of the key", async () => {
    const keys = [
      { key: "sk_a", workspace: "a" },
      { key: "sk_b", workspace: "b" },
    ];
    const server = await localServer({ keys });
    await track(server, pageViewed, { Authorization: "ApiKey sk_b" });
    expect(await server.events()).toMatchObject([{ workspace: "b" }]);
  });
});

describe("events are refused", () => {
  test.each([
    [401, "without credentials", "", "not provided"],
    [401, "with a key that is not known", "ApiKey sk_live_other", "not known"],
    [401, "with a key that only begins right", "ApiKey sk_test_loca", "not known"],
    [401, "with another scheme", "Basic c2s6", "not known"],
    [401, "with half a header", "ApiKey", "malformed"],
    [401, "with a token that is none", "Bearer abc.def.ghi", "not valid"],
    [403, "with a public key", "ApiKey pk_test_local", "/api/auth/session/"],
    [403, "with an MCP key", "ApiKey mk_1", "MCP"],
  ])("%i %s", async (status, _, authorization, detail) => {
    const server = await localServer();
    const answer = await track(server, pageViewed, { Authorization: authorization });
    expect(answer).toMatchObject({ status, body: { detail: expect.stringContaining(detail) } });
    expect(await server.counts()).toMatchObject({ total: 0 });
  });

  test("and the answer does not repeat the key", async () => {
    const server = await localServer();
    const { body } = await track(server, pageViewed, { Authorization: "ApiKey sk_live_precious" });
    expect(JSON.stringify(body)).not.toContain("precious");
  });
});

describe("sessions are refused", () => {
  test.each([
    [401, "without credentials", ""],
    [401, "with a key that is not known", "ApiKey pk_other"],
    [403, "with a secret key", "ApiKey sk_test_local"],
    [403, "with an MCP key", "ApiKey mk_1"],
  ])("%i %s", async (status, _, authorization) => {
    const server = await localServer();
    const answer = await mint(server, { user_id: "ada" }, { Authorization: authorization });
    expect(answer).toMatchObject({ status, body: { detail: expect.any(String) } });
  });
});

describe("a server does not start with keys that cannot work", () => {
  test.each([
    ["a prefix nobody knows", { key: "live_key" }, "sk_ (servers)"],
    ["a signature required but no secret", { key: "pk_a", requireSignedUserId: true }, "needs hmacSecret"],
    ["a secret that is not hex", { key: "pk_a", hmacSecret: "not hex" }, "hexadecimal"],
  ])("%s", async (_, key, message) => {
    await expect(localServer({ keys: [key] })).rejects.toThrow(message);
  });

  test("the well-known keys, where other machines could reach them", async () => {
    await expect(localServer({ host: "0.0.0.0" })).rejects.toThrow("Refusing to listen on 0.0.0.0");
  });
});
