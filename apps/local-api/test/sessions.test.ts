import { describe, expect, test } from "vitest";
import { signUserId } from "../src/signed-identity";
import { batch, localServer, mint, pageViewed, sessionFor, track } from "./support/local-server";

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 1);

/** A clock that the test moves. */
function clock(at = START) {
  let now = at;
  const advance = (ms: number) => {
    now += ms;
  };
  return { now: () => now, advance };
}

describe("a public key is exchanged for a session", () => {
  test("of the user", async () => {
    const server = await localServer({ now: clock().now });
    const { status, body } = await mint(server, { user_id: "ada", anonymous_id: "a1" });
    expect(status).toBe(200);
    expect(body).toEqual({ token: expect.any(String), expires_at: "2026-01-01T00:15:00.000Z", uid: "ada" });
  });

  test("of the anonymous visitor, when there is no user", async () => {
    const server = await localServer();
    expect((await mint(server, { anonymous_id: "a1" })).body).toMatchObject({ uid: "anon_a1" });
  });

  test("but not for nobody, nor for something else than an id", async () => {
    const server = await localServer();
    expect(await mint(server, {})).toMatchObject({ status: 400, body: { detail: expect.any(String) } });
    expect(await mint(server, { user_id: 7 })).toMatchObject({
      status: 400,
      body: { user_id: [expect.any(String)] },
    });
  });
});

describe("events sent with a session", () => {
  test("are written under its identity, whatever they claim", async () => {
    const server = await localServer();
    const session = await sessionFor(server, { user_id: "ada" });
    await batch(server, [pageViewed, { ...pageViewed, user_id: "somebody else" }], session);
    expect((await server.events()).map((event) => [event.user_id, event.key_kind])).toEqual([
      ["ada", "public"],
      ["ada", "public"],
    ]);
  });

  test("are accepted for 15 minutes and then answered 401", async () => {
    const time = clock();
    const server = await localServer({ now: time.now });
    const session = await sessionFor(server, { user_id: "ada" });
    time.advance(15 * MINUTE - 1000);
    expect((await track(server, pageViewed, session)).status).toBe(202);
    time.advance(1000);
    expect(await track(server, pageViewed, session)).toMatchObject({
      status: 401,
      body: { detail: expect.stringContaining("has expired") },
    });
  });

  test("are refused with a token that another server signed", async () => {
    const [server, other] = [await localServer(), await localServer()];
    const session = await sessionFor(other, { user_id: "ada" });
    expect((await track(server, pageViewed, session)).status).toBe(401);
  });
});

describe("a public key admits", () => {
  const keys = [
    { key: "pk_web", allowedOrigins: ["https://app.tenant.com", "https://*.tenant.io"] },
    { key: "pk_app" },
    { key: "pk_test_local", allowedOrigins: ["http://localhost:*"], allowMissingOrigin: true },
  ];

  test.each([
    [200, "pk_web", "https://app.tenant.com"],
    [403, "pk_web", "https://evil.com"],
    [403, "pk_web", "http://app.tenant.com"],
    [403, "pk_web", "https://app.tenant.com.evil.com"],
    [200, "pk_web", "https://shop.tenant.io"],
    [403, "pk_web", "https://tenant.io"],
    [403, "pk_web", "https://a.b.tenant.io"],
    [403, "pk_web", "https://shop-tenant.io"],
    [403, "pk_web", undefined],
    [200, "pk_app", undefined],
    [403, "pk_app", "https://app.tenant.com"],
    [200, "pk_test_local", "http://localhost:5173"],
    [200, "pk_test_local", "http://localhost"],
    [403, "pk_test_local", "http://localhost.evil.com:5173"],
    [200, "pk_test_local", undefined],
  ])("%i %s from %s", async (status, key, origin) => {
    const server = await localServer({ keys });
    const headers = { Authorization: `ApiKey ${key}`, ...(origin === undefined ? {} : { Origin: origin }) };
    expect((await mint(server, { user_id: "ada" }, headers)).status).toBe(status);
  });

  test("any page of this machine, by default", async () => {
    const server = await localServer();
    for (const Origin of ["http://localhost:5173", "http://127.0.0.1:4173", "http://[::1]:3000"]) {
      expect((await mint(server, { user_id: "ada" }, { Origin })).status).toBe(200);
    }
    expect((await mint(server, { user_id: "ada" }, { Origin: "https://example.com" })).status).toBe(403);
  });
});

describe("where a signed user_id is required", () => {
  const hmacSecret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  const keys = [{ key: "pk_test_local", requireSignedUserId: true, hmacSecret }];
  const signed = {
    user_id: "user-123",
    user_id_sig: "1f9476d9d5a5ccb9a1e8092ca69897e75bf10e0e86bd640299169d9ceea2892c",
    user_id_ts: 1767225600,
  };
  const at = (seconds: number) => ({ keys, now: () => seconds * 1000 });

  test.each([
    ["user-123", "1f9476d9d5a5ccb9a1e8092ca69897e75bf10e0e86bd640299169d9ceea2892c"],
    ["zoë|pipe@example.com", "a18be1a20946f7a64ca486e197795c92c21a1a0c47df8337dfc4eb120aeb24b9"],
  ])("the published signature of %s opens a session", async (user_id, user_id_sig) => {
    expect(signUserId(Buffer.from(hmacSecret, "hex"), user_id, signed.user_id_ts)).toBe(user_id_sig);
    const server = await localServer(at(signed.user_id_ts));
    const answer = await mint(server, { user_id, user_id_sig, user_id_ts: signed.user_id_ts });
    expect(answer).toMatchObject({ status: 200, body: { uid: user_id } });
  });

  test.each([
    [200, -300],
    [200, 300],
    [403, -301],
    [403, 301],
  ])("the answer is %i when the clocks are %i s apart", async (status, apart) => {
    const server = await localServer(at(signed.user_id_ts + apart));
    expect((await mint(server, signed)).status).toBe(status);
  });

  test("a wrong or missing signature is refused, and no alias is recorded", async () => {
    const server = await localServer(at(signed.user_id_ts));
    const mallory = { ...signed, user_id: "somebody else", anonymous_id: "a1" };
    expect((await mint(server, mallory)).status).toBe(403);
    expect((await mint(server, { user_id: "user-123" })).status).toBe(403);
    await track(
      server,
      { ...pageViewed, user_id: "anon_a1" },
      await sessionFor(server, { anonymous_id: "a1" }),
    );
    expect(await server.events()).toMatchObject([{ resolved_user_id: "anon_a1" }]);
  });

  test("an anonymous visitor needs no signature", async () => {
    const server = await localServer(at(signed.user_id_ts));
    expect((await mint(server, { anonymous_id: "a1" })).status).toBe(200);
  });
});
