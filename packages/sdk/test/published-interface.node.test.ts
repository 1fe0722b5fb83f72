import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SegOpsClient } from "../src/node";

/** What reached the server. */
const batches: { authorization: string | undefined; events: Record<string, unknown>[] }[] = [];
const statuses: number[] = [];

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    batches.push({ authorization: request.headers.authorization, events: JSON.parse(body).events });
    response.writeHead(statuses.shift() ?? 202, { "content-type": "application/json" }).end("{}");
  });
});
let apiUrl: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  batches.length = statuses.length = 0;
});
afterAll(() => server.close());

// Written from the facts of the SegOps contract, sections 1 to 4.
describe("code written for the published SDK, on a server", () => {
  it("constructs with the published options, a trailing slash on apiUrl and all", async () => {
    const client = new SegOpsClient({
      apiUrl: `${apiUrl}/`,
      apiKey: "sk_test_key",
      batch: true,
      batchSize: 20,
      flushInterval: 5000,
      getUser: () => ({ userId: "ada" }),
      onError: () => {},
    });
    client.track({ userId: "ada", eventType: "order_placed", payload: { total: 42 } });
    client.identify({ userId: "ada", traits: { plan: "pro" } });
    await client.flush();
    expect(batches).toEqual([
      {
        authorization: "ApiKey sk_test_key",
        events: [
          expect.objectContaining({ user_id: "ada", event_type: "order_placed", payload: { total: 42 } }),
          expect.objectContaining({
            user_id: "ada",
            event_type: "context_identified",
            payload: { plan: "pro" },
          }),
        ],
      },
    ]);
    await client.shutdown();
  });

  it("sends each event at once with batch: false", async () => {
    const client = new SegOpsClient({ apiUrl, apiKey: "sk_test_key", batch: false });
    client.track({ userId: "ada", eventType: "page_viewed" });
    await expect.poll(() => batches.length).toBe(1);
    await client.shutdown();
  });

  it("flushes by itself at twenty queued events", async () => {
    const client = new SegOpsClient({ apiUrl, apiKey: "sk_test_key" });
    for (let number = 0; number < 20; number++) client.track({ userId: "ada", eventType: "page_viewed" });
    await expect.poll(() => batches.map(({ events }) => events.length)).toEqual([20]);
    await client.shutdown();
  });

  it("retries on 5xx and loses nothing", async () => {
    statuses.push(500, 503);
    const client = new SegOpsClient({ apiUrl, apiKey: "sk_test_key" });
    client.track({ userId: "ada", eventType: "page_viewed" });
    expect(await client.flush()).toEqual({ delivered: 1, refused: 0, pending: 0 });
    expect(batches).toHaveLength(3);
    await client.shutdown();
  });

  it("takes trackPageView and reset as calls that do nothing", async () => {
    const client = new SegOpsClient({ apiUrl, apiKey: "sk_test_key" });
    client.trackPageView({ userId: "ada" });
    client.reset();
    await client.shutdown();
    expect(batches).toEqual([]);
  });
});
