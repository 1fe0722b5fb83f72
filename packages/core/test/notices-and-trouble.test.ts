import { describe, expect, it } from "vitest";
import { type ClientOptions, createClient, type Notice } from "../src/index";
import { createTestRuntime, response, settlePromises } from "../src/testing/index";
import { event, startClient } from "./support/start-client";

describe("a subscriber is told everything that happens to events", () => {
  const typesOf = (notices: readonly Notice[]) => notices.map(({ type }) => type);

  it("from the call to the delivery", async () => {
    const { client, clock, transport, ledger } = startClient();
    transport.reply(503);
    client.track(event(1));
    const flushed = client.flush();
    await clock.advance(1_000);
    await flushed;
    expect(typesOf(ledger.notices)).toEqual(["queued", "sent", "retrying", "sent", "delivered"]);
    expect(ledger.notices[2]).toMatchObject({ code: "unavailable", status: 503, delayMs: 500, attempt: 1 });
    expect(ledger.notices[4]).toMatchObject({
      attempt: 2,
      count: 1,
      events: [expect.stringContaining('"number":1}')],
    });
  });

  it("until it ends its subscription", () => {
    const { client } = startClient();
    const notices: Notice[] = [];
    const stop = client.subscribe((notice) => notices.push(notice));
    client.track(event(1));
    stop();
    stop();
    client.track(event(2));
    expect(notices).toHaveLength(1);
  });

  it("and a listener that throws harms nobody", async () => {
    const { client, errors, transport } = startClient();
    client.subscribe(() => {
      throw new Error("bug in the listener");
    });
    client.track(event(1));
    await client.flush();
    expect(transport.received).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      code: "listener_failed",
      message: expect.stringContaining("bug in the listener"),
    });
  });
});

describe("trouble is never silent and never noisy", () => {
  const startQuiet = (options: Partial<ClientOptions> = {}) => {
    const runtime = createTestRuntime();
    const client = createClient(
      { apiUrl: "https://api.segops.test", apiKey: "sk_test_key", ...options },
      runtime,
    );
    return { client, runtime };
  };

  it("prints one line a minute for each kind, with a count", async () => {
    const { client, runtime } = startQuiet();
    for (let i = 0; i < 1_000; i++) client.track({ userId: "", eventType: "a" });
    expect(runtime.lines).toEqual([expect.stringMatching(/^\[segops\] invalid_event: userId must be/)]);
    runtime.transport.fallback(403);
    client.track(event(1));
    await client.flush();
    expect(runtime.lines).toHaveLength(2);
    await runtime.clock.advance(60_000);
    client.track({ userId: "", eventType: "a" });
    expect(runtime.lines.at(-1)).toContain("(and 999 more like it)");
  });

  it("tells a logger of the host's everything, and prints nothing", () => {
    const warned: string[] = [];
    const logger = { debug: () => {}, warn: (line: string) => warned.push(line), error: () => {} };
    const { client, runtime } = startQuiet({ logger });
    client.track({ userId: "", eventType: "a" });
    client.track({ userId: "", eventType: "a" });
    expect(warned).toHaveLength(2);
    expect(runtime.lines).toEqual([]);
  });

  it("survives an onError that throws", async () => {
    const { client, runtime } = startQuiet({
      onError: () => {
        throw new Error("bug in the handler");
      },
    });
    runtime.transport.fallback(response(400));
    client.track({ userId: "", eventType: "a" });
    client.track(event(1));
    expect(await client.flush()).toEqual({ delivered: 0, refused: 1, pending: 0 });
  });

  it("writes a line for each notice with debug", async () => {
    const { client, runtime } = startQuiet({ debug: true });
    client.track(event(1));
    await client.flush();
    await settlePromises();
    expect(runtime.lines.map((line) => JSON.parse(line.replace("[segops] ", "")).type)).toEqual([
      "queued",
      "sent",
      "delivered",
    ]);
  });

  it("reports its own failure instead of throwing out of track()", () => {
    const runtime = {
      ...createTestRuntime(),
      timestamp: () => {
        throw new Error("no clock");
      },
    };
    const client = createClient({ apiUrl: "https://api.segops.test", apiKey: "sk_test_key" }, runtime);
    client.track(event(1));
    expect(runtime.lines).toEqual([expect.stringContaining("internal: track() failed: Error: no clock")]);
  });
});
