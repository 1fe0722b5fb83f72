import { describe, expect, test } from "vitest";
import { type Fault, startServer } from "../src/index";
import { batch, get, localServer, mint, pageViewed, post, sessionFor, track } from "./support/local-server";

const Origin = "http://localhost:5173";

describe("a server told to fail answers", () => {
  test.each([500, 503])("%i as often as it was told, and then as ever", async (status) => {
    const server = await localServer();
    const fault = server.faults.add({ kind: "error", status, times: 2 });
    expect((await track(server, pageViewed)).status).toBe(status);
    expect((await track(server, pageViewed)).status).toBe(status);
    expect((await track(server, pageViewed)).status).toBe(202);
    expect(fault.hits).toBe(2);
    expect(server.faults.list()).toEqual([]);
    expect(await server.counts()).toMatchObject({ good: 1 });
  });

  test("one fault after another, in their order", async () => {
    const server = await localServer();
    server.faults.add({ kind: "error", status: 500, times: 1 });
    server.faults.add({ kind: "rate-limit", times: 1 });
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await track(server, pageViewed)).status);
    expect(statuses).toEqual([500, 429, 202]);
  });

  test("after as many requests as were to pass", async () => {
    const server = await localServer();
    server.faults.add({ kind: "error", skip: 1, times: 1 });
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await track(server, pageViewed)).status);
    expect(statuses).toEqual([202, 503, 202]);
  });

  test("429 with Retry-After in seconds, or as a date", async () => {
    const server = await localServer({ now: () => Date.UTC(2026, 0, 1) + 1 });
    server.faults.add({ kind: "rate-limit", seconds: 7, times: 1 });
    server.faults.add({ kind: "rate-limit", seconds: 7, form: "date", times: 1 });
    expect((await track(server, pageViewed)).headers.get("Retry-After")).toBe("7");
    const { status, headers } = await track(server, pageViewed);
    expect(status).toBe(429);
    expect(headers.get("Retry-After")).toBe("Thu, 01 Jan 2026 00:00:08 GMT");
  });

  test("413 to large bodies only", async () => {
    const server = await localServer();
    const fault = server.faults.add({ kind: "too-large", bytes: 500 });
    const events = Array.from({ length: 20 }, () => pageViewed);
    expect((await batch(server, events)).status).toBe(413);
    expect((await batch(server, events.slice(0, 2))).status).toBe(202);
    expect(fault.hits).toBe(1);
  });

  test("an error although the events are stored", async () => {
    const server = await localServer();
    server.faults.add({ kind: "error", stored: true, times: 1 });
    expect((await track(server, pageViewed)).status).toBe(503);
    expect(await server.counts()).toMatchObject({ good: 1 });
  });
});

describe("a server told to break connections", () => {
  test("cuts them without storing anything", async () => {
    const server = await localServer();
    server.faults.add({ kind: "reset", times: 1 });
    await expect(track(server, pageViewed)).rejects.toThrow();
    expect(await server.counts()).toMatchObject({ good: 0 });
    expect((await track(server, pageViewed)).status).toBe(202);
  });

  test("or stores and then cuts them", async () => {
    const server = await localServer();
    server.faults.add({ kind: "accept-then-reset", times: 1 });
    await expect(track(server, pageViewed)).rejects.toThrow();
    expect(await server.counts()).toMatchObject({ good: 1 });
  });

  test("never answers until the fault is removed", async () => {
    const server = await localServer();
    const fault = server.faults.add({ kind: "hang" });
    const hanging = track(server, pageViewed).then(
      () => "answered",
      () => "cut",
    );
    await fault.waitForHits(1);
    fault.remove();
    expect(await hanging).toBe("cut");
    expect(await server.counts()).toMatchObject({ good: 0 });
  });

  test("lets a client go that gives up", async () => {
    const server = await localServer();
    const fault = server.faults.add({ kind: "hang", stored: true, times: 1 });
    const controller = new AbortController();
    const request = fetch(`${server.url}/api/ingestion/track/`, {
      method: "POST",
      headers: { Authorization: "ApiKey sk_test_local" },
      body: JSON.stringify(pageViewed),
      signal: controller.signal,
    });
    await fault.waitForHits(1);
    await server.waitForCounts(({ good }) => good === 1);
    controller.abort();
    await expect(request).rejects.toThrow("aborted");
  });

  test("does not keep a server from closing", async () => {
    const server = await startServer({ port: 0, dataDirectory: ":memory:" });
    const fault = server.faults.add({ kind: "hang" });
    const hanging = track(server, pageViewed).catch(() => "cut");
    await fault.waitForHits(1);
    await server.close();
    expect(await hanging).toBe("cut");
  });
});

test("a slow server answers late", async () => {
  const server = await localServer();
  server.faults.add({ kind: "slow", ms: 30, times: 1 });
  const start = performance.now();
  expect((await track(server, pageViewed)).status).toBe(202);
  expect(performance.now() - start).toBeGreaterThanOrEqual(29);
});

describe("sessions can fail alone", () => {
  test("at the mint, while events with a token still pass", async () => {
    const server = await localServer();
    const session = await sessionFor(server, { user_id: "ada" });
    server.faults.add({ kind: "error", on: "session" });
    expect((await mint(server, { user_id: "ada" })).status).toBe(503);
    expect((await track(server, pageViewed, session)).status).toBe(202);
  });

  test("by ending every token there is", async () => {
    const server = await localServer();
    const session = await sessionFor(server, { user_id: "ada" });
    server.faults.add({ kind: "expire-tokens" });
    expect(await track(server, pageViewed, session)).toMatchObject({
      status: 401,
      body: { detail: expect.stringContaining("has expired") },
    });
    expect((await track(server, pageViewed, await sessionFor(server, { user_id: "ada" }))).status).toBe(202);
  });
});

test("a fault of one workspace leaves the others alone", async () => {
  const keys = [
    { key: "sk_a", workspace: "a" },
    { key: "sk_b", workspace: "b" },
    { key: "pk_a", workspace: "a" },
  ];
  const server = await localServer({ keys });
  server.faults.add({ kind: "error", workspace: "a" });
  expect((await track(server, pageViewed, { Authorization: "ApiKey sk_b" })).status).toBe(202);
  expect((await track(server, pageViewed, { Authorization: "ApiKey sk_a" })).status).toBe(503);
  expect((await mint(server, { user_id: "ada" }, { Authorization: "ApiKey pk_a" })).status).toBe(503);
});

describe("a page", () => {
  test("may read the answer of a fault, and its Retry-After", async () => {
    const server = await localServer();
    const faults: Fault[] = [{ kind: "error" }, { kind: "error", stored: true }, { kind: "rate-limit" }];
    for (const fault of faults) {
      server.faults.add({ ...fault, times: 1 } as Fault);
      const { status, headers } = await track(server, pageViewed, { Origin });
      expect(status).toBeGreaterThanOrEqual(429);
      expect(headers.get("Access-Control-Allow-Origin")).toBe(Origin);
      expect(headers.get("Access-Control-Expose-Headers")).toBe("Retry-After");
    }
  });

  test("has its preflight answered as ever", async () => {
    const server = await localServer();
    const fault = server.faults.add({ kind: "error" });
    const { status } = await fetch(`${server.url}/api/ingestion/track/`, {
      method: "OPTIONS",
      headers: { Origin, "Access-Control-Request-Method": "POST" },
    });
    expect(status).toBe(204);
    expect(fault.hits).toBe(0);
  });
});

describe("over HTTP", () => {
  test("faults are added, listed and removed", async () => {
    const server = await localServer();
    const added = await post(server, "/local/faults", [
      { kind: "error", times: 2 },
      { kind: "hang", on: "session" },
    ]);
    expect(added).toMatchObject({ status: 201, body: { ids: [1, 2] } });
    expect((await track(server, pageViewed)).status).toBe(503);
    expect((await get(server, "/local/faults")).body).toMatchObject({
      results: [
        { id: 1, hits: 1, fault: { kind: "error", status: 503, times: 2 } },
        { id: 2, hits: 0, fault: { kind: "hang", on: "session" } },
      ],
    });
    await fetch(`${server.url}/local/faults`, { method: "DELETE" });
    expect((await track(server, pageViewed)).status).toBe(202);
  });

  test("a fault that makes no sense is refused with the field", async () => {
    const server = await localServer();
    expect(await post(server, "/local/faults", { kind: "slow" })).toMatchObject({
      status: 400,
      body: { ms: [expect.any(String)] },
    });
    expect(() => server.faults.add({ kind: "slow" } as Fault)).toThrow("This is no fault");
  });

  test("a fault that was added with a key meets requests of its workspace only", async () => {
    const keys = [
      { key: "sk_a", workspace: "a" },
      { key: "sk_b", workspace: "b" },
    ];
    const server = await localServer({ keys });
    await post(server, "/local/faults", { kind: "error" }, { Authorization: "ApiKey sk_a" });
    expect((await track(server, pageViewed, { Authorization: "ApiKey sk_a" })).status).toBe(503);
    expect((await track(server, pageViewed, { Authorization: "ApiKey sk_b" })).status).toBe(202);
  });
});
