// A newcomer's test-suite: an app that fetches, MSW in front of it, the matchers, and nothing else of SegOps.
import { type Client, createClient, defineEvents, type HttpRequest, type Runtime } from "@segops/core";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import "../src/vitest";
import { segopsHandlers } from "../src/msw/index";

const apiUrl = "https://api.segops.test";
const events = defineEvents({
  order_placed: z.object({ total: z.number() }),
  signed_up: z.object({}),
});

const segops = segopsHandlers<typeof events>({ apiUrl });
const server = setupServer(...segops.handlers);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => segops.clear());
afterAll(() => server.close());

/** The app under test. */
const placeOrder = (client: Client<typeof events>, total: number): void =>
  client.track({ userId: "ada", eventType: "order_placed", payload: { total } });

describe("with a secret key", () => {
  it("what is tracked arrives", async () => {
    const client = start("sk_test_key");
    placeOrder(client, 42);
    client.identify({ userId: "ada", traits: { plan: "pro" } });
    expect(await client.flush()).toEqual({ delivered: 2, refused: 0, pending: 0 });
    expect(segops).toHaveTracked("order_placed", { total: 42 }, { times: 1 });
    expect(segops).toHaveIdentified("ada", { plan: "pro" });
    expect(segops.requests()).toEqual([{ path: "/api/ingestion/track/batch/", status: 202, events: 2 }]);
  });

  it("what arrives may be waited for", async () => {
    const client = start("sk_test_key");
    placeOrder(client, 1);
    const arrived = segops.waitFor("order_placed");
    void client.flush();
    expect((await arrived).payload.total).toBe(1);
  });

  it.each<[string, Parameters<typeof segops.failNext>[0], number]>([
    ["503", 503, 503],
    ["a rate limit", { status: 429, retryAfterSeconds: 0 }, 429],
    ["a broken connection", "network_error", 0],
  ])("it arrives once, after %s", async (_, fault, status) => {
    segops.failNext(fault, 2);
    const client = start("sk_test_key");
    placeOrder(client, 42);
    expect(await client.flush()).toMatchObject({ delivered: 1 });
    expect(segops).toHaveTracked("order_placed", { total: 42 }, { times: 1 });
    expect(segops.requests().map((request) => request.status)).toEqual([status, status, 202]);
  });

  it("a lost answer makes no second event, as the key is the same", async () => {
    const send = (total: number) =>
      fetch(`${apiUrl}/api/ingestion/track/batch/`, {
        method: "POST",
        headers: { authorization: "ApiKey sk_test_key", "idempotency-key": "one" },
        body: JSON.stringify({
          events: [{ user_id: "ada", event_type: "order_placed", payload: { total } }],
        }),
      });
    expect(await (await send(1)).json()).toEqual({ queued: 1, skipped: 0 });
    expect(await (await send(1)).json()).toEqual({ queued: 1, skipped: 0 });
    expect(segops).toHaveTracked("order_placed", { total: 1 }, { times: 1 });
  });

  it("an event that comes twice with one event_id is recorded once", async () => {
    const event = { user_id: "ada", event_type: "signed_up", event_id: "1" };
    for (let time = 0; time < 2; time++) await post("/api/ingestion/track/", "ApiKey sk_test_key", event);
    expect(segops).toHaveTracked("signed_up", {}, { times: 1 });
  });
});

describe("with a public key", () => {
  it("a session is minted, and the events belong to its user", async () => {
    const client = start("pk_test_key");
    placeOrder(client, 42);
    await client.flush();
    expect(segops.requests().map(({ path }) => path)).toEqual([
      "/api/auth/session/",
      "/api/ingestion/track/batch/",
    ]);
    expect(segops).toHaveTracked("order_placed", {}, { userId: "ada" });
  });

  it("a token that has expired is minted anew, once", async () => {
    const client = start("pk_test_key");
    placeOrder(client, 1);
    await client.flush();
    segops.clear();
    segops.expireTokens();
    placeOrder(client, 2);
    expect(await client.flush()).toMatchObject({ delivered: 1 });
    expect(segops.requests().map(({ status }) => status)).toEqual([401, 200, 202]);
  });

  it("the user of an event is the one that the token was minted for, whoever it names", async () => {
    const session = await post("/api/auth/session/", "ApiKey pk_test_key", { anonymous_id: "visitor-1" });
    const { token, uid } = (await session.json()) as { token: string; uid: string };
    expect(uid).toBe("anon_visitor-1");
    await post("/api/ingestion/track/", `Bearer ${token}`, { user_id: "eve", event_type: "signed_up" });
    expect(segops.events()).toMatchObject([{ userId: "anon_visitor-1", payload: {} }]);
  });

  it("a session that fails is asked for again", async () => {
    segops.failNextSession(503);
    const client = start("pk_test_key");
    placeOrder(client, 1);
    expect(await client.flush()).toMatchObject({ delivered: 1 });
  });
});

describe("what the contract forbids is refused", () => {
  it.each<[string, string, string, unknown, number]>([
    ["no key", "/api/ingestion/track/", "", {}, 401],
    ["a public key on ingestion", "/api/ingestion/track/batch/", "ApiKey pk_test_key", {}, 401],
    ["an unknown token", "/api/ingestion/track/batch/", "Bearer nonsense", {}, 401],
    ["a secret key on the session", "/api/auth/session/", "ApiKey sk_test_key", { user_id: "ada" }, 401],
    ["a session of nobody", "/api/auth/session/", "ApiKey pk_test_key", {}, 400],
    ["an event of nobody", "/api/ingestion/track/", "ApiKey sk_test_key", { event_type: "signed_up" }, 400],
    ["an empty batch", "/api/ingestion/track/batch/", "ApiKey sk_test_key", { events: [] }, 400],
    ["a body that is none", "/api/ingestion/track/batch/", "ApiKey sk_test_key", undefined, 400],
  ])("%s", async (_, path, authorization, body, status) => {
    expect((await post(path, authorization, body)).status).toBe(status);
    expect(segops.events()).toEqual([]);
  });

  it("a bad event in a batch, alone, and the test is told why", async () => {
    const answer = await post("/api/ingestion/track/batch/", "ApiKey sk_test_key", {
      events: [
        { user_id: "ada", event_type: "signed_up" },
        { user_id: "", event_type: "signed_up", occurred_at: "yesterday", payload: [], anonymous_id: 7 },
        "signed_up",
      ],
    });
    expect(await answer.json()).toEqual({ queued: 1, skipped: 2 });
    expect(segops).toHaveTracked("signed_up", {}, { times: 1 });
    expect(segops.rejected().map(({ reasons }) => Object.keys(reasons))).toEqual([
      ["user_id", "occurred_at", "payload", "anonymous_id"],
      ["detail"],
    ]);
  });
});

function post(path: string, authorization: string, body: unknown): Promise<Response> {
  const text = body === undefined ? "nonsense" : JSON.stringify(body);
  return fetch(apiUrl + path, { method: "POST", headers: { authorization }, body: text });
}

/** A client that sends through the global fetch, as one in a page does. It does not wait between retries. */
function start(apiKey: string): Client<typeof events> {
  const runtime: Runtime = {
    clock: { now: () => Date.now(), monotonicNow: () => performance.now() },
    entropy: { random: () => 0, bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
    scheduler: {
      schedule(task, delayMs) {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
    },
    transport: {
      post: async ({ url, headers, body }: HttpRequest) => {
        try {
          const answer = await fetch(url, { method: "POST", headers: { ...headers }, body });
          const retryAfter = answer.headers.get("retry-after");
          return { kind: "response", status: answer.status, retryAfter, body: await answer.text() };
        } catch (error) {
          return { kind: "failed", reason: String(error) };
        }
      },
    },
    lifecycle: { subscribe: () => () => {} },
    logger: console,
  };
  return createClient({ apiUrl, apiKey, events, strict: true }, runtime);
}
