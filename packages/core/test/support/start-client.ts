import { afterEach, expect } from "vitest";
import { type Client, type ClientOptions, createClient, type SegOpsError } from "../../src/index";
import { createTestRuntime, type TestRuntime, type TestRuntimeOptions } from "../../src/testing/index";
import { type EventLedger, keepLedger } from "./event-ledger";

export interface StartedClient {
  readonly client: Client;
  readonly runtime: TestRuntime;
  readonly transport: TestRuntime["transport"];
  readonly clock: TestRuntime["clock"];
  /** What `onError` was told, in order. */
  readonly errors: SegOpsError[];
  readonly ledger: EventLedger;
  /** Tracks events numbered 1 to `count`, going on where the last call ended. */
  trackMany(count: number): void;
}

const started: StartedClient[] = [];

/** A client in a world that the test moves. When the test ends its accounts have to balance. */
export function startClient(
  options: Partial<ClientOptions> = {},
  runtimeOptions: TestRuntimeOptions & Partial<TestRuntime> = {},
): StartedClient {
  const runtime = Object.defineProperties(
    createTestRuntime(runtimeOptions),
    Object.getOwnPropertyDescriptors(runtimeOptions),
  );
  const errors: SegOpsError[] = [];
  const client = createClient(
    {
      apiUrl: "https://api.segops.test",
      apiKey: "sk_test_key",
      onError: (error) => errors.push(error),
      ...options,
    },
    runtime,
  );
  const ledger = keepLedger(client);
  let number = 0;
  const result: StartedClient = {
    client,
    runtime,
    transport: runtime.transport,
    clock: runtime.clock,
    errors,
    ledger,
    trackMany(count) {
      for (let i = 0; i < count; i++) client.track(event(++number));
    },
  };
  started.push(result);
  return result;
}

/** An event that can be told from all others. */
export function event(number: number) {
  return { userId: "ada", eventType: "page_viewed", payload: { number } };
}

/** The numbers of events made by `event()`. */
export function numbersOf(events: readonly { readonly payload?: unknown }[]): number[] {
  return events.map(({ payload }) => (payload as { number: number }).number);
}

/** 1, 2, … `last`. */
export function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

afterEach(() => {
  for (const { client, ledger } of started.splice(0)) {
    expect(ledger.violations).toEqual([]);
    const { accepted, delivered, refused, dropped, pending } = client.totals;
    const given = Object.values(dropped).reduce((sum, count) => sum + count, 0);
    expect({ accepted }).toEqual({ accepted: delivered + refused + given + pending });
    expect({ accepted, delivered, refused, dropped: given }).toEqual(ledger.counts);
  }
});
