import { describe, expect, test } from "vitest";
import type { LocalServer } from "../src/index";
import { DATABASES, emptyDatabase } from "./support/databases";
import { batch, get, localServer, track } from "./support/local-server";

const Authorization = "ApiKey sk_test_local";
const explore = (server: LocalServer, path: string) =>
  get(server, `/api/explorer/users/${path}`, { Authorization });
const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;

describe.each(DATABASES)("on %s", (kind) => {
  const withHistory = async () => {
    const server = await localServer(await emptyDatabase(kind));
    await batch(server, [
      { user_id: "anon_a1", event_type: "page_viewed", occurred_at: at(1), payload: { page: "/" } },
      {
        user_id: "ada",
        anonymous_id: "a1",
        event_type: "context_identified",
        occurred_at: at(2),
        payload: { plan: "free", city: "Paris" },
      },
      { user_id: "ada", event_type: "context_identified", occurred_at: at(4), payload: { plan: "pro" } },
      {
        user_id: "ada",
        event_type: "context_identified",
        occurred_at: at(3),
        payload: { plan: "trial", age: 36 },
      },
      { user_id: "bob@example.com", event_type: "order_placed", occurred_at: at(5) },
    ]);
    return server;
  };

  test("users are listed with what they did, those seen last first", async () => {
    expect((await explore(await withHistory(), "")).body).toEqual({
      count: 2,
      results: [
        { user_id: "bob@example.com", event_count: 1, first_seen: at(5), last_seen: at(5) },
        { user_id: "ada", event_count: 4, first_seen: at(1), last_seen: at(4) },
      ],
      next_cursor: null,
    });
  });

  test("users are found by part of their id, whatever its letters mean in SQL", async () => {
    const server = await withHistory();
    await track(server, { user_id: "100%_sure", event_type: "page_viewed" });
    const found = async (q: string) => {
      const { body } = await explore(server, `?q=${encodeURIComponent(q)}`);
      return (body as { results: { user_id: string }[] }).results.map(({ user_id }) => user_id);
    };
    expect(await found("BOB@")).toEqual(["bob@example.com"]);
    expect(await found("%_")).toEqual(["100%_sure"]);
    expect(await found("a_a")).toEqual([]);
    expect(await found("'; DROP TABLE events; --")).toEqual([]);
  });

  test("a user has the latest value of each trait, and the history of the visitor they were", async () => {
    const profile = {
      user_id: "ada",
      event_count: 4,
      first_seen: at(1),
      last_seen: at(4),
      event_type_count: 2,
      properties: { plan: "pro", city: "Paris", age: 36 },
    };
    const server = await withHistory();
    expect((await explore(server, "ada/")).body).toEqual(profile);
    expect((await explore(server, "anon_a1/")).body).toEqual(profile);
  });

  test("a user's events come latest first, and by type", async () => {
    const server = await withHistory();
    const all = await explore(server, "ada/events/?limit=2");
    expect(all.body).toEqual({
      count: 4,
      results: [
        { event_type: "context_identified", occurred_at: at(4), payload: { plan: "pro" } },
        { event_type: "context_identified", occurred_at: at(3), payload: { plan: "trial", age: 36 } },
      ],
      next_cursor: expect.any(String),
    });
    expect((await explore(server, "ada/events/?event_type=page_viewed")).body).toMatchObject({
      count: 1,
      results: [{ payload: { page: "/" } }],
    });
  });

  test.each(["?limit=3", "many/events/?limit=7"])(
    "%s leads through everything once, page by page",
    async (path) => {
      const server = await localServer(await emptyDatabase(kind));
      // Many of the same moment: only the second part of the cursor tells them apart.
      const event = { event_type: "page_viewed", occurred_at: at(1) };
      await batch(
        server,
        Array.from({ length: 20 }, (_, n) => ({ ...event, user_id: `user-${n}`, payload: { n } })),
      );
      await batch(
        server,
        Array.from({ length: 20 }, (_, n) => ({ ...event, user_id: "many", payload: { n } })),
      );
      const seen: unknown[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const { body } = await explore(server, path + (cursor === "" ? "" : `&cursor=${cursor}`));
        const page = body as { count: number; results: unknown[]; next_cursor: string | null };
        seen.push(...page.results);
        expect(page.count).toBe(path.startsWith("many") ? 20 : 21);
        cursor = page.next_cursor;
      }
      expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(path.startsWith("many") ? 20 : 21);
      expect(seen).toHaveLength(path.startsWith("many") ? 20 : 21);
    },
  );
});

test.each(["a/b", "x y", "zoë|pipe@example.com", "100%", "%2F"])(
  "the user %s can be looked up",
  async (user_id) => {
    const server = await localServer();
    await track(server, { user_id, event_type: "page_viewed" });
    const { body } = await explore(server, `${encodeURIComponent(user_id)}/events/`);
    expect(body).toMatchObject({ count: 1 });
  },
);

describe("the explorer", () => {
  test("knows nobody who sent nothing", async () => {
    expect(await explore(await localServer(), "ada/")).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining("There is no user ada") },
    });
  });

  test.each(DATABASES)("refuses a cursor that nobody was given, on %s", async (kind) => {
    const server = await localServer(await emptyDatabase(kind));
    const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
    for (const forged of [
      cursor(0, 1.5),
      cursor(8.64e15, 1),
      cursor("x", 1),
      cursor(0, "x"),
      cursor(),
      "%00",
    ]) {
      expect((await explore(server, `ada/events/?cursor=${forged}`)).status).toBe(400);
    }
    expect((await explore(server, "?q=%00&limit=1")).status).toBe(200);
  });

  test("refuses a limit or a cursor that makes no sense", async () => {
    const server = await localServer();
    expect(await explore(server, "?limit=0")).toMatchObject({
      status: 400,
      body: { limit: [expect.any(String)] },
    });
    expect(await explore(server, "?cursor=x")).toMatchObject({
      status: 400,
      body: { cursor: [expect.any(String)] },
    });
  });

  test("shows a workspace its own users only", async () => {
    const keys = [
      { key: "sk_a", workspace: "a" },
      { key: "sk_b", workspace: "b" },
    ];
    const server = await localServer({ keys });
    await track(server, { user_id: "ada", event_type: "page_viewed" }, { Authorization: "ApiKey sk_a" });
    const count = async (key: string) =>
      (
        (await get(server, "/api/explorer/users/", { Authorization: `ApiKey ${key}` })).body as {
          count: number;
        }
      ).count;
    expect(await count("sk_a")).toBe(1);
    expect(await count("sk_b")).toBe(0);
  });

  test.each([
    [200, "ApiKey sk_a"],
    [200, "ApiKey mk_a"],
    [401, "ApiKey sk_other"],
    [401, "ApiKey mk_other"],
    [403, "ApiKey pk_a"],
    [403, "Bearer abc"],
    [401, ""],
  ])("%i with %s", async (status, authorization) => {
    const server = await localServer({ keys: [{ key: "sk_a" }, { key: "mk_a" }, { key: "pk_a" }] });
    const answer = await get(server, "/api/explorer/users/", { Authorization: authorization });
    expect(answer.status).toBe(status);
    if (status !== 200) expect(answer.body).toEqual({ detail: expect.any(String) });
  });
});
