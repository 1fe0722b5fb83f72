import { describe, expect, it, vi } from "vitest";
import { createFetchPost } from "../src/fetch-post";
import { keepAliveRoom } from "../src/keep-alive";
import { API_URL, answerBatch, networkError, seen, status } from "./support/segops-server";

const PATH = "/api/ingestion/track/batch/";
const body = (bytes = 100) => JSON.stringify({ events: ["x".repeat(Math.max(0, bytes - 15))] });
const post = createFetchPost(API_URL, 10_000, (...request) => fetch(...request));

describe("one request", () => {
  it("carries two headers and no more: each other one would need the server's leave", async () => {
    await post(PATH, "Bearer t", body());
    expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual(
      expect.arrayContaining(["authorization", "content-type"]),
    );
    expect(seen[0]?.headers).toMatchObject({ authorization: "Bearer t", "content-type": "application/json" });
  });

  it("gives the status, Retry-After and the body", async () => {
    answerBatch(status(429, { detail: "slow down" }, { "retry-after": "7" }));
    expect(await post(PATH, "Bearer t", body())).toEqual({
      kind: "response",
      status: 429,
      retryAfter: "7",
      body: '{"detail":"slow down"}',
    });
  });

  it("gives a reason when there is no connection, and throws nothing", async () => {
    answerBatch(networkError);
    expect(await post(PATH, "Bearer t", body())).toEqual({
      kind: "failed",
      reason: expect.stringContaining("fetch"),
    });
  });

  it("gives up at its deadline", async () => {
    const hanging = createFetchPost(
      API_URL,
      20,
      (_, init) =>
        new Promise((_resolve, reject) =>
          init?.signal?.addEventListener("abort", () => reject(new Error("aborted"))),
        ),
    );
    expect(await hanging(PATH, "Bearer t", body())).toEqual({
      kind: "failed",
      reason: "no answer within 20 ms",
    });
  });
});

describe("a fetch of the host's", () => {
  it("that heeds no signal and never answers holds up nothing for longer than the deadline", async () => {
    const deaf = createFetchPost(API_URL, 20, () => new Promise(() => {}));
    expect(await deaf(PATH, "Bearer t", body())).toEqual({
      kind: "failed",
      reason: "no answer within 20 ms",
    });
    expect(keepAliveRoom()).toBe(60_000);
  });

  it.each([undefined, Symbol("no"), Object.create(null)])("may reject with anything", async (thrown) => {
    const odd = createFetchPost(API_URL, 10_000, () => Promise.reject(thrown));
    expect(await odd(PATH, "Bearer t", body())).toEqual({ kind: "failed", reason: expect.any(String) });
  });
});

describe("requests that outlive their page", () => {
  /** A fetch that answers when it is told to. */
  function pendingFetch() {
    const answer: (() => void)[] = [];
    const fetch = vi.fn<typeof globalThis.fetch>(
      () => new Promise((resolve) => answer.push(() => resolve(new Response("{}", { status: 202 })))),
    );
    return { post: createFetchPost(API_URL, 10_000, fetch), fetch, answer };
  }
  const keepAlive = (fetch: ReturnType<typeof pendingFetch>["fetch"]) =>
    fetch.mock.calls.map(([, init]) => init?.keepalive);

  it("stay under 60 kB together, whoever sends them", async () => {
    const one = pendingFetch();
    const other = pendingFetch();
    const sent = [
      one.post(PATH, "t", body(40_000)),
      other.post(PATH, "t", body(40_000)),
      one.post(PATH, "t", body(10_000)),
    ];
    expect([keepAlive(one.fetch), keepAlive(other.fetch)]).toEqual([[true, true], [false]]);
    expect(keepAliveRoom()).toBe(10_000);
    for (const answer of [...one.answer, ...other.answer]) answer();
    await Promise.all(sent);
    expect(keepAliveRoom()).toBe(60_000);
  });

  it("are nine at the most", async () => {
    const { post, fetch, answer } = pendingFetch();
    const sent = Array.from({ length: 10 }, () => post(PATH, "t", body()));
    expect(keepAlive(fetch).filter(Boolean)).toHaveLength(9);
    for (const go of answer) go();
    await Promise.all(sent);
    expect(keepAliveRoom()).toBe(60_000);
  });

  it("count by bytes, and not by characters", async () => {
    const { post, answer } = pendingFetch();
    const sent = post(PATH, "t", "ü".repeat(100));
    expect(keepAliveRoom()).toBe(60_000 - 200);
    answer[0]?.();
    await sent;
  });
});
