import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { batch, get, localServer, pageViewed, post, track } from "./support/local-server";

/** `fetch` does not let a test choose the Host header. */
function statusWithHost(
  server: { port: number },
  path: string,
  headers: Record<string, string>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port: server.port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.once("error", reject).end();
  });
}

describe("what was received can be looked up", () => {
  test("as counts", async () => {
    const server = await localServer();
    await batch(server, [pageViewed, { ...pageViewed, user_id: "bob" }, "bad"]);
    expect((await get(server, "/local/counts")).body).toEqual({
      total: 3,
      good: 2,
      bad: 1,
      duplicates: 0,
      distinct_users: 2,
    });
  });

  test("as events, newest first, by type, by user, and page by page", async () => {
    const server = await localServer();
    const types = ["first", "second", "third", "second"];
    await batch(
      server,
      types.map((event_type, n) => ({ event_type, user_id: `user-${n % 2}` })),
    );
    const ids = async (query: string) => {
      const { body } = await get(server, `/local/events${query}`);
      return (body as { results: { id: number }[] }).results.map(({ id }) => id);
    };
    expect(await ids("")).toEqual([4, 3, 2, 1]);
    expect(await ids("?limit=2")).toEqual([4, 3]);
    expect(await ids("?limit=2&before=3")).toEqual([2, 1]);
    expect(await ids("?after=3")).toEqual([4]);
    expect(await ids("?event_type=second")).toEqual([4, 2]);
    expect(await ids("?user_id=user-0&event_type=third")).toEqual([3]);
    expect((await get(server, "/local/events?limit=1")).body).toMatchObject({ count: 4 });
  });

  test("one by one", async () => {
    const server = await localServer();
    await batch(server, [{ ...pageViewed, payload: { page: "/" } }, "bad"]);
    expect((await get(server, "/local/events/1")).body).toMatchObject({ payload: { page: "/" } });
    expect((await get(server, "/local/bad/2")).body).toMatchObject({
      reason: "not_an_object",
      received: "bad",
    });
    expect((await get(server, "/local/events/9")).status).toBe(404);
  });

  test("but not by a query that makes no sense", async () => {
    const server = await localServer();
    expect(await get(server, "/local/events?limit=many")).toMatchObject({
      status: 400,
      body: { limit: [expect.any(String)] },
    });
  });

  test("and an unknown path lists the known ones", async () => {
    const server = await localServer();
    const { status, body } = await get(server, "/local/evnts");
    expect(status).toBe(404);
    expect((body as { paths: string[] }).paths).toContain("POST /local/reset");
  });

  test("until it is reset", async () => {
    const server = await localServer();
    await batch(server, [pageViewed, "bad"]);
    expect((await post(server, "/local/reset", "")).body).toMatchObject({ total: 0, distinct_users: 0 });
    expect(await server.events()).toEqual([]);
  });
});

describe("a test need not poll", () => {
  test("waitForCounts resolves as soon as the events are there", async () => {
    const server = await localServer();
    const waiting = server.waitForCounts(({ good }) => good >= 2);
    await track(server, pageViewed);
    await track(server, pageViewed);
    expect(await waiting).toMatchObject({ good: 2 });
  });

  test("and rejects with the counts when they do not come", async () => {
    const server = await localServer();
    await expect(server.waitForCounts(({ good }) => good > 0, { timeoutMs: 1 })).rejects.toThrow('"good":0');
  });
});

describe("/local is for this machine", () => {
  test("a page from elsewhere gets nothing", async () => {
    const server = await localServer();
    expect((await get(server, "/local/events", { Origin: "https://example.com" })).status).toBe(403);
    expect((await post(server, "/local/reset", "", { Origin: "https://example.com" })).status).toBe(403);
  });

  test("a page served from here may read it", async () => {
    const server = await localServer();
    const { status, headers } = await get(server, "/local/counts", { Origin: "http://localhost:5173" });
    expect(status).toBe(200);
    expect(headers.get("Access-Control-Allow-Origin")).toBe("http://localhost:5173");
  });

  test("a foreign name that points here needs the secret key", async () => {
    const server = await localServer({ keys: [{ key: "sk_mine" }] });
    const Host = "rebound.example.com";
    expect(await statusWithHost(server, "/local/events", { Host })).toBe(401);
    const Authorization = "ApiKey sk_mine";
    expect(await statusWithHost(server, "/local/events", { Host, Authorization })).toBe(200);
  });

  test("a server that other machines can reach needs the secret key", async () => {
    const server = await localServer({ host: "0.0.0.0", keys: [{ key: "sk_mine" }] });
    const local = { url: `http://127.0.0.1:${server.port}` };
    expect((await get(local, "/local/events")).status).toBe(401);
    expect((await get(local, "/local/events", { Authorization: "ApiKey sk_mine" })).status).toBe(200);
    expect((await get(local, "/health")).status).toBe(200);
  });
});
