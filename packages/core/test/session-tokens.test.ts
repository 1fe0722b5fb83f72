import { describe, expect, it } from "vitest";
import type { ClientOptions } from "../src/index";
import { noConnection, response, type SeenRequest, settlePromises } from "../src/testing/index";
import { event, startClient } from "./support/start-client";

const MINUTE = 60_000;
const startWithPublicKey = (options: Partial<ClientOptions> = {}) =>
  startClient({ apiKey: "pk_test_key", ...options });

const isMint = ({ path }: SeenRequest) => path === "/api/auth/session/";
const mints = (requests: readonly SeenRequest[]) =>
  requests.filter(isMint).map(({ body }) => JSON.parse(body));
const authorizations = (requests: readonly SeenRequest[]) =>
  requests.filter((request) => !isMint(request)).map(({ headers }) => headers.authorization);

describe("a public key is exchanged for a session token", () => {
  it("mints once, and sends events under the token, without an Idempotency-Key", async () => {
    const { client, transport } = startWithPublicKey();
    client.track(event(1));
    await client.flush();
    client.track(event(2));
    await client.flush();
    expect(transport.requests[0]).toMatchObject({
      path: "/api/auth/session/",
      headers: { authorization: "ApiKey pk_test_key" },
    });
    expect(mints(transport.requests)).toEqual([{ user_id: "ada" }]);
    expect(authorizations(transport.requests)).toEqual(["Bearer token-1", "Bearer token-1"]);
    expect(Object.keys(transport.requests[1]?.headers ?? {})).toEqual(["authorization", "content-type"]);
  });

  it("asks for nothing before the first event", async () => {
    const { clock, transport } = startWithPublicKey();
    await clock.advance(60 * MINUTE);
    expect(transport.requests).toEqual([]);
  });

  it("shares one mint among batches that wait for it", async () => {
    const { trackMany, client, transport } = startWithPublicKey();
    trackMany(2_000);
    await client.flush();
    expect(mints(transport.requests)).toHaveLength(1);
    expect(authorizations(transport.requests)).toHaveLength(4);
  });

  it("renews the token a minute before it expires", async () => {
    const { client, clock, transport } = startWithPublicKey();
    client.track(event(1));
    await client.flush();
    await clock.advance(14 * MINUTE - 1);
    client.track(event(2));
    await client.flush();
    await clock.advance(1);
    client.track(event(3));
    await client.flush();
    expect(authorizations(transport.requests)).toEqual([
      "Bearer token-1",
      "Bearer token-1",
      "Bearer token-2",
    ]);
  });

  it.each([
    ["ahead by two hours", 120 * MINUTE],
    ["behind by two hours", -120 * MINUTE],
  ])("is not misled by a device clock that is %s", async (_, offset) => {
    const { client, clock, transport } = startWithPublicKey();
    transport.replySession(
      response(200, {
        token: "theirs",
        expires_at: new Date(clock.now() + 15 * MINUTE).toISOString(),
        uid: "ada",
      }),
    );
    clock.setWallClock(clock.now() + offset);
    client.track(event(1));
    await client.flush();
    await clock.advance(MINUTE - 1);
    client.track(event(2));
    await client.flush();
    await clock.advance(13 * MINUTE + 1);
    client.track(event(3));
    await client.flush();
    expect(authorizations(transport.requests)).toEqual(["Bearer theirs", "Bearer theirs", "Bearer token-1"]);
  });

  it("re-mints once on a 401, and sends the same batch again", async () => {
    const { client, transport, errors } = startWithPublicKey();
    transport.reply(401);
    client.track(event(1));
    expect(await client.flush()).toEqual({ delivered: 1, refused: 0, pending: 0 });
    expect(authorizations(transport.requests)).toEqual(["Bearer token-1", "Bearer token-2"]);
    expect(errors).toEqual([]);
  });

  it("does not re-mint again and again when every token is refused", async () => {
    const { client, transport, errors } = startWithPublicKey();
    transport.fallback(401);
    client.track(event(1));
    expect(await client.flush()).toEqual({ delivered: 0, refused: 0, pending: 1 });
    expect(mints(transport.requests)).toHaveLength(2);
    expect(errors).toMatchObject([{ code: "unauthorized" }]);
  });

  it("retries a mint that fails for the moment, and keeps the events meanwhile", async () => {
    const { client, clock, transport } = startWithPublicKey();
    transport.replySession(503, noConnection);
    client.track(event(1));
    const flushed = client.flush();
    await clock.advance(2_000);
    expect(await flushed).toEqual({ delivered: 1, refused: 0, pending: 0 });
  });

  it.each([
    [403, "forbidden", /allowed origins/],
    [401, "unauthorized", /apiKey/],
    [400, "unexpected_answer", /400/],
  ])("reports a mint refused with %i, and keeps the events", async (status, code, message) => {
    const { client, transport, errors } = startWithPublicKey();
    transport.replySession(status);
    client.track(event(1));
    expect(await client.flush()).toEqual({ delivered: 0, refused: 0, pending: 1 });
    expect(errors).toMatchObject([{ code, message }]);
  });

  it("keeps the events when the answer holds no token", async () => {
    const { client, transport, errors } = startWithPublicKey();
    transport.replySession(response(200, { hello: "captive portal" }));
    client.track(event(1));
    expect(await client.flush()).toMatchObject({ pending: 1 });
    expect(errors).toMatchObject([{ code: "unexpected_answer" }]);
  });
});

describe("an event is never sent under another visitor's token", () => {
  it("mints for each visitor, and seals their events apart", async () => {
    const { client, transport } = startWithPublicKey();
    const bo = { ...event(2), userId: "bo" };
    client.track(event(1));
    client.track(bo);
    client.track({ ...bo, anonymousId: "a-1" });
    await client.flush();
    expect(mints(transport.requests)).toEqual([
      { user_id: "ada" },
      { user_id: "bo" },
      { user_id: "bo", anonymous_id: "a-1" },
    ]);
    const batches = transport.requests.filter((request) => !isMint(request));
    expect(batches.map(({ events }) => events.map(({ user_id }) => user_id))).toEqual([
      ["ada"],
      ["bo"],
      ["bo"],
    ]);
    expect(new Set(authorizations(transport.requests)).size).toBe(3);
  });

  it("names only the anonymous id for a visitor who is not known", async () => {
    const { client, transport } = startWithPublicKey();
    client.track({ ...event(1), userId: "a-1", anonymousId: "a-1" });
    await client.flush();
    expect(mints(transport.requests)).toEqual([{ anonymous_id: "a-1" }]);
  });

  it("signs the id that getUser vouches for, and no other", async () => {
    const { client, transport } = startWithPublicKey({
      getUser: async () => ({ userId: "ada", userIdSig: "f00d", userIdTs: 1_767_225_600 }),
    });
    client.track(event(1));
    client.track({ ...event(2), userId: "bo" });
    await client.flush();
    expect(mints(transport.requests)).toEqual([
      { user_id: "ada", user_id_sig: "f00d", user_id_ts: 1_767_225_600 },
      { user_id: "bo" },
    ]);
  });

  it("keeps the events when getUser fails, and asks it again", async () => {
    let calls = 0;
    const { client, clock, transport } = startWithPublicKey({
      getUser: () => {
        calls++;
        if (calls === 1) throw new Error("not logged in yet");
        return undefined;
      },
    });
    client.track(event(1));
    const flushed = client.flush();
    await settlePromises();
    expect(transport.requests).toEqual([]);
    await clock.advance(1_000);
    expect(await flushed).toMatchObject({ delivered: 1 });
  });
});
