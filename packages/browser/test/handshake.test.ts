import { describe, expect, it } from "vitest";
import { openClient } from "./support/open-client";
import {
  answerBatch,
  answerSession,
  batches,
  events,
  sessions,
  status,
  token,
} from "./support/segops-server";

describe("the session handshake", () => {
  it("asks nothing before the first event", async () => {
    openClient();
    await new Promise((resolve) => setTimeout(resolve));
    expect(sessions()).toEqual([]);
  });

  it("exchanges the public key for a token, and sends events under it", async () => {
    const { client } = openClient();
    client.track({ eventType: "cart_opened" });
    await client.flush();
    expect(sessions()).toEqual([
      expect.objectContaining({
        headers: expect.objectContaining({
          authorization: "ApiKey pk_test_key",
          "content-type": "application/json",
        }),
        body: { anonymous_id: client.anonymousId },
      }),
    ]);
    expect(batches()[0]?.headers).toMatchObject({ authorization: "Bearer token-1" });
    expect(events()).toEqual([
      expect.objectContaining({
        user_id: client.anonymousId,
        anonymous_id: client.anonymousId,
        event_type: "cart_opened",
      }),
    ]);
  });

  it("uses one token for all events while it is fresh", async () => {
    const { client } = openClient();
    for (let count = 0; count < 3; count++) {
      client.track({ eventType: "cart_opened" });
      await client.flush();
    }
    expect(sessions()).toHaveLength(1);
    expect(batches()).toHaveLength(3);
  });

  it("sends the signature that getUser gives, sync or async", async () => {
    const user = { userId: "ada", userIdSig: "ab12", userIdTs: 1_767_225_600 };
    const signed = { user_id: "ada", user_id_sig: "ab12", user_id_ts: 1_767_225_600 };
    const sync = openClient({ getUser: () => user });
    sync.client.track({ eventType: "cart_opened" });
    await sync.client.flush();
    expect(sessions()[0]?.body).toMatchObject(signed);

    const late = openClient({ getUser: async () => user });
    late.client.track({ eventType: "cart_opened" });
    await late.client.flush();
    late.client.track({ eventType: "cart_closed" });
    await late.client.flush();
    expect(sessions().at(-1)?.body).toMatchObject(signed);
    expect(events().at(-1)).toMatchObject({ user_id: "ada", event_type: "cart_closed" });
  });

  it("renews the token once on a 401, and sends the same events again", async () => {
    const { client, errors } = openClient();
    answerBatch(status(401));
    client.track({ eventType: "cart_opened" });
    expect(await client.flush()).toEqual({ delivered: 1, refused: 0, pending: 0 });
    expect(sessions()).toHaveLength(2);
    expect(batches().map(({ headers }) => headers.authorization)).toEqual([
      "Bearer token-1",
      "Bearer token-2",
    ]);
    expect(errors).toEqual([]);
  });

  it("says which origin to allow when a token is refused", async () => {
    const { client, errors } = openClient();
    answerSession(status(403, { detail: "origin not allowed" }));
    client.track({ eventType: "cart_opened" });
    expect(await client.flush()).toEqual({ delivered: 0, refused: 0, pending: 1 });
    expect(errors).toEqual([expect.objectContaining({ code: "forbidden", status: 403, events: 1 })]);
    expect(errors[0]?.message).toContain(`origin not allowed`);
    expect(errors[0]?.message).toContain(`Allow the origin ${location.origin} for this key`);
  });

  it("keeps the token out of storage", async () => {
    const { client } = openClient();
    answerSession(token());
    answerBatch(status(503));
    client.track({ eventType: "cart_opened" });
    await Promise.race([client.flush(), expect.poll(() => batches().length).toBe(1)]);
    expect(JSON.stringify({ ...localStorage })).toContain("cart_opened");
    expect(JSON.stringify({ ...localStorage })).not.toContain("token-1");
  });

  it("drops the token when another user is identified, and at a reset", async () => {
    const { client } = openClient();
    client.track({ eventType: "cart_opened" });
    await client.flush();
    const anonymous = client.anonymousId;
    client.identify({ userId: "ada" });
    await client.flush();
    client.reset();
    client.track({ eventType: "cart_opened" });
    await client.flush();
    expect(client.anonymousId).not.toBe(anonymous);
    expect(sessions().map(({ body }) => body)).toEqual([
      { anonymous_id: anonymous },
      { user_id: "ada", anonymous_id: anonymous },
      { anonymous_id: client.anonymousId },
    ]);
  });

  it.each(["sk_live_secret", "mk_live_secret"])("refuses %s, and does not show it", (apiKey) => {
    expect(() => openClient({ apiKey })).toThrow(
      /^apiKey must be a public key .* Everybody can read what is in a page/,
    );
    expect(() => openClient({ apiKey })).not.toThrow(/secret_|live_secret/);
  });
});
