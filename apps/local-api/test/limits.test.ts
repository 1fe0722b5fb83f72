import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { batch, localServer, pageViewed, post, track } from "./support/local-server";

const tooLarge = { status: 413, body: { detail: expect.stringContaining("Split the batch") } };

describe("a body over the limit is answered 413", () => {
  test("at 5 MB by default", async () => {
    const server = await localServer();
    const event = { ...pageViewed, payload: { text: "x".repeat(5_000_000) } };
    expect(await track(server, event)).toMatchObject(tooLarge);
    expect(await server.counts()).toMatchObject({ total: 0 });
  });

  test("at the size that the option says, to the byte", async () => {
    const body = JSON.stringify(pageViewed);
    const exact = await localServer({ maxBodyBytes: body.length });
    const less = await localServer({ maxBodyBytes: body.length - 1 });
    expect((await post(exact, "/api/ingestion/track/", body)).status).toBe(202);
    expect(await post(less, "/api/ingestion/track/", body)).toMatchObject(tooLarge);
  });

  test("when it only grows so large once it is unpacked", async () => {
    const server = await localServer({ maxBodyBytes: 100_000 });
    const bomb = gzipSync(JSON.stringify({ ...pageViewed, payload: { text: "x".repeat(10_000_000) } }));
    expect(bomb.length).toBeLessThan(100_000);
    const answer = await post(server, "/api/ingestion/track/", bomb, { "Content-Encoding": "gzip" });
    expect(answer).toMatchObject(tooLarge);
  });

  test("when it comes in chunks without a length", async () => {
    const server = await localServer({ maxBodyBytes: 1000 });
    const response = await fetch(`${server.url}/api/ingestion/track/`, {
      method: "POST",
      headers: { Authorization: "ApiKey sk_test_local" },
      body: new Blob(["x".repeat(2000)]).stream(),
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(413);
  });
});

test("a client that learns its body was too large can send the halves on the same connection", async () => {
  const server = await localServer({ maxBodyBytes: 2000 });
  const events = Array.from({ length: 40 }, (_, n) => ({ ...pageViewed, payload: { n } }));
  expect((await batch(server, events)).status).toBe(413);
  expect((await batch(server, events.slice(0, 20))).status).toBe(202);
  expect((await batch(server, events.slice(20))).status).toBe(202);
  expect(await server.counts()).toMatchObject({ good: 40 });
});
