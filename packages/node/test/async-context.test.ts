import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type NodeClientOptions, SegOpsClient } from "../src/index";
import { type Fault, type FaultServer, startFaultServer } from "./support/fault-server";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What a web framework or a tracer keeps for each request that the host handles. */
const hostRequest = new AsyncLocalStorage<object>();

let server: FaultServer;
let client: SegOpsClient;
const startClient = (options: NodeClientOptions = {}): void => {
  client = new SegOpsClient({ apiUrl: server.url, apiKey: "sk_test", onError: () => {}, ...options });
};
const trackWithin = (request: object) =>
  hostRequest.run(request, () => client.track({ userId: "ada", eventType: "a", payload: { number: 1 } }));

beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(async () => {
  await client.shutdown({ timeoutMs: 0 });
  await server.close();
});

describe("what the host keeps for a request in which it tracks", () => {
  it.each<[string, Fault[], NodeClientOptions, number]>([
    ["while a connection is kept open", [], { batchSize: 1 }, 1],
    ["while a batch waits to be tried again", [{ status: 503, retryAfter: "60" }], { batchSize: 1 }, 1],
    ["while an event waits for company", [], {}, 0],
  ])("is not kept by the client: %s", async (_, faults, options, requests) => {
    startClient(options);
    server.next(...faults);
    let request: object | undefined = { name: "a request of the host" };
    const seen = new WeakRef(request);
    trackWithin(request);
    request = undefined;
    await expect.poll(() => server.requests.length).toBe(requests);
    await expect
      .poll(async () => {
        await nextTurn();
        collectGarbage();
        return seen.deref();
      })
      .toBeUndefined();
  });

  it("does not take the client's requests for its own", async () => {
    const contexts: unknown[] = [];
    const note = () => contexts.push(hostRequest.getStore());
    subscribe("undici:request:create", note);
    onTestFinished(() => {
      unsubscribe("undici:request:create", note);
    });
    startClient();
    trackWithin({ name: "a request of the host" });
    await hostRequest.run({ name: "another" }, () => client.flush());
    expect(contexts).toEqual([undefined]);
  });

  it("nor those of a fetch that the host has given", async () => {
    const contexts: unknown[] = [];
    startClient({
      fetch: (...request) => {
        contexts.push(hostRequest.getStore());
        return fetch(...request);
      },
    });
    trackWithin({ name: "a request of the host" });
    await hostRequest.run({ name: "another" }, () => client.flush());
    expect(contexts).toEqual([undefined]);
  });

  it("is there for beforeSend, which runs within track()", async () => {
    const request = { name: "a request of the host" };
    const contexts: unknown[] = [];
    startClient({
      beforeSend(event) {
        contexts.push(hostRequest.getStore());
        return event;
      },
    });
    trackWithin(request);
    expect(contexts).toEqual([request]);
  });
});
