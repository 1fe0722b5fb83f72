import { request } from "node:http";
import { describe, expect, test } from "vitest";
import type { LocalServer } from "../src/index";
import { get, localServer, pageViewed, post, track } from "./support/local-server";

/** `fetch` lets a test choose neither the Host header nor an oversized one. */
function statusOf(server: LocalServer, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port: server.port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.once("error", reject).end();
  });
}

const Authorization = "ApiKey sk_test_local";
const users = "/api/explorer/users/";

describe("a page of somebody else, in the browser of one who runs this server,", () => {
  test("cannot use a secret key, not even a well-known one", async () => {
    const server = await localServer();
    const Origin = "https://evil.example";
    for (const path of [users, "/local/events", "/local/export"]) {
      expect((await get(server, path, { Authorization, Origin })).status).toBe(403);
    }
    expect((await track(server, pageViewed, { Origin })).status).toBe(403);
    expect(await server.counts()).toMatchObject({ total: 0 });
  });

  test("cannot read anything by pointing its own name here", async () => {
    const server = await localServer();
    const Host = `evil.example:${server.port}`;
    for (const path of [users, "/api/segments/", "/local/events", "/local/counts"]) {
      expect([401, 403]).toContain(await statusOf(server, path, { Host }));
      expect(await statusOf(server, path, { Host, Authorization })).toBe(403);
    }
  });

  test("cannot put the live view into a frame, nor have it run scripts", async () => {
    const { headers } = await get(await localServer(), "/");
    const policy = headers.get("Content-Security-Policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(headers.get("X-Frame-Options")).toBe("DENY");
  });
});

describe("a page of this machine", () => {
  test("may use the secret key: it is how the live view works", async () => {
    const server = await localServer();
    const Origin = "http://localhost:5173";
    expect((await get(server, users, { Authorization, Origin })).status).toBe(200);
  });

  test("or of the server itself, where other machines can reach it", async () => {
    const server = await localServer({ host: "0.0.0.0", keys: [{ key: "sk_mine" }] });
    const headers = { Authorization: "ApiKey sk_mine", Host: "segops.tenant.com" };
    const own = { ...headers, Origin: "https://segops.tenant.com" };
    const other = { ...headers, Origin: "https://other.tenant.com" };
    for (const path of [users, "/local/events"]) {
      expect(await statusOf(server, path, own)).toBe(200);
      expect(await statusOf(server, path, other)).toBe(403);
    }
  });
});

describe("where other machines can reach the server, no data is given without a key", () => {
  const paths = [
    users,
    "/api/explorer/users/ada/",
    "/api/segments/",
    ...[
      "info",
      "counts",
      "events",
      "events/1",
      "bad",
      "duplicates",
      "gaps",
      "export",
      "stream",
      "wait",
      "faults",
    ].map((path) => `/local/${path}`),
  ];
  test.each(paths)("at %s", async (path) => {
    const server = await localServer({ host: "0.0.0.0", keys: [{ key: "sk_mine" }] });
    const { status, body } = await get({ url: `http://127.0.0.1:${server.port}` }, path);
    expect(status).toBe(401);
    expect(body).toEqual({ detail: expect.any(String) });
  });
});

describe("an answer that holds data", () => {
  test.each(["/local/events", users, "/openapi.json"])("(%s) is not cached and not sniffed", async (path) => {
    const { headers } = await get(await localServer(), path, { Authorization });
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  });
});

describe("what is too large is refused", () => {
  test("in headers", async () => {
    const server = await localServer();
    expect(await statusOf(server, "/health", { "X-Large": "x".repeat(20_000) })).toBe(431);
  });

  test.each(["/local/faults", "/local/workspaces", "/api/auth/session/"])(
    "in the body of %s",
    async (path) => {
      const server = await localServer();
      const headers = path.startsWith("/api") ? { Authorization: "ApiKey pk_test_local" } : {};
      expect((await post(server, path, { text: "x".repeat(100_000) }, headers)).status).toBe(413);
    },
  );
});

test("no key is written to the log, whatever goes wrong", async () => {
  const logged: unknown[] = [];
  const server = await localServer({
    keys: [{ key: "sk_precious" }],
    logError: (error) => logged.push(error),
  });
  await track(server, { ...pageViewed, user_id: "x\0y" }, { Authorization: "ApiKey sk_precious" });
  await get(server, `${users}?cursor=nonsense`, { Authorization: "ApiKey sk_precious" });
  await get(server, "/local/events/99999999999999999999", { Authorization: "ApiKey sk_precious" });
  expect(JSON.stringify(logged.map(String))).not.toContain("precious");
});
