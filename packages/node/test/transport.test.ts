import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type NodeClientOptions, SegOpsClient } from "../src/index";
import { type Fault, type FaultServer, startFaultServer } from "./support/fault-server";

let server: FaultServer;
const clients: SegOpsClient[] = [];

const startClient = (options: NodeClientOptions = {}) => {
  const client = new SegOpsClient({
    apiUrl: server.url,
    apiKey: "sk_test_key",
    onError: () => {},
    ...options,
  });
  clients.push(client);
  return client;
};
const trackMany = (client: SegOpsClient, count: number) => {
  for (let number = 1; number <= count; number++)
    client.track({ userId: "ada", eventType: "a", payload: { number } });
};
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.shutdown({ timeoutMs: 0 })));
  await server.close();
});

describe("every event arrives once", () => {
  it.each<[string, Fault[], NodeClientOptions]>([
    ["when all is well", [], {}],
    ["when the server fails twice", [{ status: 500 }, { status: 503 }], {}],
    ["when connections are reset", ["reset", "reset"], {}],
    ["when a request is never answered", ["hang"], { requestTimeout: 500 }],
    ["when an answer is cut off in its middle", ["half answer"], {}],
    ["when the answer to stored events gets lost", ["lost answer", "lost answer"], {}],
    ["when the server is slow", [{ afterMs: 300 }, { afterMs: 300 }], {}],
    ["when the server limits the rate", [{ status: 429, retryAfter: "1" }], {}],
    ["when bodies are compressed", [], { compress: true }],
    ["when the host brings its own fetch", [{ status: 503 }], { fetch }],
  ])("%s", async (_, faults, options) => {
    const client = startClient(options);
    server.next(...faults);
    trackMany(client, 1_200);
    expect(await client.flush()).toEqual({ delivered: 1_200, refused: 0, pending: 0 });
    expect([...server.stored].sort((a, b) => a - b)).toEqual(upTo(1_200));
  });
});

describe("the wire is as the contract says", () => {
  it("in its headers", async () => {
    const client = startClient();
    trackMany(client, 1);
    await client.flush();
    expect(server.requests[0]).toMatchObject({
      path: "/api/ingestion/track/batch/",
      key: expect.stringMatching(/^[0-9a-f-]{36}$/),
      headers: { authorization: "ApiKey sk_test_key", "content-type": "application/json" },
    });
  });

  it("waits for Retry-After", async () => {
    const client = startClient();
    server.next({ status: 429, retryAfter: "1" });
    trackMany(client, 1);
    await client.flush();
    const [first, second] = server.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it("compresses only what is worth it, and only when asked to", async () => {
    const client = startClient({ compress: true });
    trackMany(client, 1);
    await client.flush();
    trackMany(client, 100);
    await client.flush();
    expect(server.requests.map(({ headers }) => headers["content-encoding"])).toEqual([undefined, "gzip"]);
  });

  it("uses a few connections again and again", async () => {
    const client = startClient();
    for (let round = 0; round < 10; round++) {
      trackMany(client, 1_000);
      await client.flush();
    }
    expect(server.requests.length).toBeGreaterThanOrEqual(20);
    expect(server.connections).toBeLessThanOrEqual(5);
  });
});

describe("trouble is said plainly", () => {
  it("names the address that refuses the connection", async () => {
    const errors: Error[] = [];
    await server.close();
    const client = startClient({ maxRetries: 0, onError: (error) => errors.push(error) });
    trackMany(client, 1);
    expect(await client.flush()).toEqual({ delivered: 0, refused: 0, pending: 1 });
    expect(errors[0]?.message).toMatch(/ECONNREFUSED 127\.0\.0\.1/);
    server = await startFaultServer();
  });

  it("names the deadline that has passed", async () => {
    const errors: Error[] = [];
    server.always(() => "hang");
    const client = startClient({
      maxRetries: 0,
      requestTimeout: 100,
      onError: (error) => errors.push(error),
    });
    trackMany(client, 1);
    await client.flush();
    expect(errors[0]?.message).toContain("no answer within 100 ms");
  });
});
