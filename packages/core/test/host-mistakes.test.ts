import { describe, expect, it } from "vitest";
import {
  type Client,
  type ClientOptions,
  createClient,
  createMemoryQueue,
  type TrackInput,
} from "../src/index";
import { createTestRuntime, response, settlePromises } from "../src/testing/index";
import { event, startClient } from "./support/start-client";

/** Thrown things that cannot be turned into text. */
const unprintable = [Symbol("s"), Object.create(null)];
const raise = (thrown: unknown) => () => {
  throw thrown;
};

describe("whatever the host's own code throws stays harmless", () => {
  it.each(unprintable)(
    "%#: in a getter, a listener, onError, beforeSend, onUndelivered, a transport",
    async (thrown) => {
      const runtime = createTestRuntime();
      const { post } = runtime.transport;
      let isDown = true;
      runtime.transport.post = (request) => (isDown ? Promise.reject(thrown) : post(request));
      const client = createClient(
        {
          apiUrl: "https://api.segops.test",
          apiKey: "sk_test_key",
          onError: raise(thrown),
          onUndelivered: raise(thrown),
        },
        runtime,
      );
      client.subscribe(raise(thrown));
      client.track(Object.defineProperty({ eventType: "a" } as TrackInput, "userId", { get: raise(thrown) }));
      client.identify(Object.defineProperty({ traits: {} } as never, "userId", { get: raise(thrown) }));
      client.track(event(1));
      const flushed = client.flush();
      await runtime.clock.advance(5_000);
      expect(await flushed).toEqual({ delivered: 0, refused: 0, pending: 1 });
      isDown = false;
      expect(await client.flush()).toEqual({ delivered: 1, refused: 0, pending: 0 });
      await client.shutdown();
    },
  );

  it("a promise that a hook returns may reject", async () => {
    const reject = () => Promise.reject(new Error("async hook"));
    const { client, transport } = startClient({ onError: reject, onUndelivered: reject });
    client.subscribe(reject);
    transport.fallback(401);
    client.track({ userId: "", eventType: "a" });
    client.track(event(1));
    await client.shutdown();
    await settlePromises();
    expect(client.totals.dropped).toEqual({ undelivered: 1 });
  });

  it("shutdown waits for what onUndelivered does, but not for ever", async () => {
    const steps: string[] = [];
    const { client, clock, transport } = startClient({
      onUndelivered: async () => {
        await new Promise<void>((resolve) => clock.schedule(resolve, 500, false));
        steps.push("saved");
      },
    });
    transport.fallback(401);
    client.track(event(1));
    const closed = client.shutdown().then(() => steps.push("shut down"));
    await clock.advance(500);
    await closed;
    expect(steps).toEqual(["saved", "shut down"]);
  });

  it("a hook that tracks what it is told of does not go round for ever", async () => {
    const clients: Client[] = [];
    const { client, clock, errors } = startClient({
      onError: (error) => {
        errors.push(error);
        clients[0]?.track({ userId: "", eventType: "sdk_trouble" });
        clients[0]?.track(event(99));
      },
    });
    clients.push(client);
    client.track({ userId: "", eventType: "a" });
    const closed = client.shutdown();
    client.track(event(1));
    await clock.advance(1_000);
    await closed;
    expect(errors.length).toBeLessThan(20);
  });

  it("a listener may spoil the notice it is given", async () => {
    const { client, transport } = startClient();
    client.subscribe((notice) => {
      if (notice.type === "sent") (notice.events as string[]).length = 0;
    });
    client.track(event(1));
    expect(await client.flush()).toMatchObject({ delivered: 1 });
    expect(transport.received).toHaveLength(1);
  });

  it("beforeSend that forgets to return is told so, and the event is kept back", () => {
    const { client, errors } = startClient({ beforeSend: (() => {}) as never });
    client.track(event(1));
    expect(errors).toMatchObject([{ code: "before_send_failed", message: /Return the event, or null/ }]);
  });

  it("what was replaced is said with beforeSend too", () => {
    const { client, ledger } = startClient({ beforeSend: (sent) => sent });
    client.track({ ...event(1), payload: { total: Number.NaN } });
    expect(ledger.notices).toContainEqual(
      expect.objectContaining({ type: "repaired", replaced: ["payload.total: [NaN]"] }),
    );
  });

  it("getUser that never answers is given up, and asked again", async () => {
    let calls = 0;
    const getUser = () => {
      calls++;
      return calls === 1 ? new Promise<never>(() => {}) : { userId: "ada" };
    };
    const { client, clock } = startClient({ apiKey: "pk_test_key", getUser });
    client.track(event(1));
    const flushed = client.flush();
    await clock.advance(11_000);
    expect(await flushed).toMatchObject({ delivered: 1 });
  });

  it("a queue that throws is reported, and flush and shutdown still resolve", async () => {
    const runtime = {
      ...createTestRuntime(),
      createQueue: (settings: Parameters<typeof createMemoryQueue>[0]) => ({
        ...createMemoryQueue(settings),
        add: raise(new Error("add")),
        seal: raise(new Error("seal")),
      }),
    };
    const client = createClient(
      { apiUrl: "https://api.segops.test", apiKey: "sk_test_key" },
      runtime as never,
    );
    client.track(event(1));
    await client.flush();
    await client.shutdown();
    expect(client.totals.accepted).toBe(0);
    expect(runtime.lines[0]).toContain("internal: track() failed: Error: add");
  });
});

describe("options and arguments may be odd", () => {
  it.each([Number.POSITIVE_INFINITY, 2 ** 31, 2 ** 31 - 1])(
    "a requestTimeout of %d is as long as timers go",
    async (requestTimeout) => {
      const { client, clock, transport } = startClient({ requestTimeout });
      let longest = 0;
      const { schedule } = clock;
      clock.schedule = (task, delayMs, keepAlive) => {
        longest = Math.max(longest, delayMs);
        return schedule(task, delayMs, keepAlive);
      };
      client.track(event(1));
      expect(await client.flush()).toMatchObject({ delivered: 1 });
      expect(transport.requests[0]?.timeoutMs).toBeLessThan(2 ** 31);
      expect(longest).toBeLessThan(2 ** 31);
    },
  );

  it.each([
    { timeoutMs: Number.POSITIVE_INFINITY },
    { timeoutMs: Number.NaN },
    { timeoutMs: null },
    { timeoutMs: -1 },
    null,
  ])("shutdown(%j) delivers", async (options) => {
    const { client } = startClient();
    client.track(event(1));
    expect(await client.shutdown(options as never)).toEqual({ delivered: 1, refused: 0, pending: 0 });
  });

  it.each([
    "http://evil.test\\.localhost",
    "https://api.segops.test:99999",
    new URL("https://api.segops.test"),
  ])("refuses %s as apiUrl", (apiUrl) => {
    const options = { apiUrl, apiKey: "sk_test_key" } as ClientOptions;
    expect(() => createClient(options, createTestRuntime())).toThrow(/^apiUrl /);
  });

  it("shows no key, not even one in the wrong place", () => {
    const options = { apiUrl: "sk_live_hunter2", apiKey: "sk_test_key" };
    expect(() => createClient(options, createTestRuntime())).toThrow(/^apiUrl (?!.*hunter2)/);
  });

  it("shows no token that the server repeats, whole or cut", async () => {
    const { client, errors, transport, ledger } = startClient();
    const secret = `sk_live_${"x".repeat(60)}`;
    transport.fallback(
      response(403, { detail: `${"padding ".repeat(20)}${secret} Bearer eyJhbGciOi.J9.sig` }),
    );
    client.track(event(1));
    await client.flush();
    expect(JSON.stringify([errors, ledger.notices])).not.toMatch(/xxxx|eyJ/);
  });
});

describe("a payload may be hostile", () => {
  it("friends who all know each other cost neither time nor memory", async () => {
    const friends = Array.from({ length: 12 }, (_, id) => ({ id, friends: [] as unknown[] }));
    for (const friend of friends) friend.friends = friends;
    const { client, ledger } = startClient();
    client.track({ ...event(1), payload: { friends } });
    expect(ledger.notices.some(({ type }) => type === "repaired" || type === "invalid")).toBe(true);
    await client.flush();
  });

  it("parts that are shared over and over do too", () => {
    let shared: unknown[] = ["leaf"];
    for (let level = 0; level < 40; level++) shared = [shared, shared, shared];
    const { client } = startClient();
    client.track({ ...event(1), payload: { shared } });
  });

  it.each<[unknown, string]>([
    [new Map([["a", 1]]), "[object Map]"],
    [new Set([1]), "[object Set]"],
    [new TypeError("no stock"), "[TypeError: no stock]"],
    [/x/, "[object RegExp]"],
  ])("%s leaves a marker and not an empty object", async (value, marker) => {
    const { client, transport } = startClient();
    client.track({ ...event(1), payload: { value } });
    await client.flush();
    expect(transport.received[0]?.payload).toEqual({ value: marker });
  });
});

describe("four requests that hang", () => {
  it("leave the timers in peace", async () => {
    const { trackMany, clock, transport } = startClient();
    transport.fallback("hang");
    trackMany(1_999);
    let timers = 0;
    const { schedule } = clock;
    clock.schedule = (task, delayMs, keepAlive) => {
      timers++;
      return schedule(task, delayMs, keepAlive);
    };
    trackMany(1);
    await clock.advance(9_000);
    expect(timers).toBeLessThan(50);
  });
});
