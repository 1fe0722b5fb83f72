import { describe, expect, test } from "vitest";
import { segmentOperations } from "../../src/segments/segment-operations";
import { batch, localServer, mint, pageViewed, track } from "../support/local-server";
import { all, buyers, createSegment, inSegment, memberIds, send } from "./segment-requests";

const ordered = (user_id: string, payload = {}) => ({ user_id, event_type: "order_placed", payload });

describe("a segment", () => {
  test("is created with who is in it now", async () => {
    const server = await localServer();
    await batch(server, [ordered("ada"), ordered("bob"), { ...pageViewed, user_id: "cy" }]);
    const created = await send(server, "POST", "/api/segments/", { name: "Buyers", definition: buyers });
    expect(created).toMatchObject({
      status: 201,
      body: {
        id: expect.any(String),
        name: "Buyers",
        description: "",
        segment_type: "dynamic",
        definition: buyers,
        version: 1,
        member_count: 2,
        last_computed_at: expect.any(String),
      },
    });
    const { id } = created.body;
    expect((await send(server, "GET", `/api/segments/${id}/`)).body).toEqual(created.body);
    expect((await send(server, "GET", "/api/segments/")).body).toEqual({ count: 1, results: [created.body] });
  });

  test("is changed field by field", async () => {
    const server = await localServer();
    const id = await createSegment(server, buyers, "Buyers");
    const { body } = await send(server, "PATCH", `/api/segments/${id}/`, { description: "They bought" });
    expect(body).toMatchObject({
      name: "Buyers",
      description: "They bought",
      definition: buyers,
      version: 1,
    });
  });

  test("keeps every version of its definition, and is computed anew for each", async () => {
    const server = await localServer();
    await batch(server, [ordered("ada"), ordered("bob"), ordered("bob")]);
    const id = await createSegment(server, buyers);
    const twice = all({ type: "event_count", event_type: "order_placed", operator: "gte", value: 2 });
    const changed = await send(server, "PATCH", `/api/segments/${id}/`, { definition: twice });
    expect(changed.body).toMatchObject({ version: 2, member_count: 1 });
    expect(await memberIds(server, id)).toEqual(["bob"]);
    expect((await send(server, "GET", `/api/segments/${id}/versions/`)).body).toEqual({
      count: 2,
      results: [
        { version: 2, definition: twice, created_at: expect.any(String) },
        { version: 1, definition: buyers, created_at: expect.any(String) },
      ],
    });
  });

  test("is gone once it is deleted", async () => {
    const server = await localServer();
    const id = await createSegment(server, buyers);
    expect((await send(server, "DELETE", `/api/segments/${id}/`)).status).toBe(204);
    expect((await send(server, "GET", `/api/segments/${id}/`)).status).toBe(404);
    expect((await send(server, "GET", "/api/segments/")).body).toEqual({ count: 0, results: [] });
  });

  test("outlives a reset of what was received, without its members", async () => {
    const server = await localServer();
    await track(server, ordered("ada"));
    const id = await createSegment(server, buyers);
    await server.reset();
    expect((await send(server, "GET", `/api/segments/${id}/`)).body).toMatchObject({ member_count: 0 });
  });
});

describe("a preview", () => {
  test("counts who matches, names the first of them and shows the SQL without running a value as such", async () => {
    const server = await localServer();
    await batch(server, [ordered("ada"), ordered("bob"), ordered("cy")]);
    const definition = all({
      type: "event_property",
      event_type: "order_placed",
      property: "note",
      operator: "neq",
      value: "'; DROP TABLE events; --\n*/",
    });
    const { status, body } = await send(server, "POST", "/api/segments/preview/", { definition, limit: 2 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ matched_users: 3, sample_user_ids: ["ada", "bob"] });
    const statement = body.sql.split("\n").filter((line: string) => !line.startsWith("--"));
    expect(statement.join("\n")).toMatch(/^WITH users AS/);
    expect(statement.join("\n")).not.toContain("DROP");
    expect(body.sql).toContain(String.raw`= "'; DROP TABLE events; --\n*/"`);
    expect(await server.counts()).toMatchObject({ good: 3 });
  });

  test("stores nothing", async () => {
    const server = await localServer();
    await send(server, "POST", "/api/segments/preview/", { definition: buyers });
    expect((await send(server, "GET", "/api/segments/")).body.count).toBe(0);
  });
});

describe("members", () => {
  test("come page by page, each once", async () => {
    const server = await localServer();
    await batch(
      server,
      ["e", "d", "ü", "b", "A"].map((user) => ordered(user)),
    );
    const id = await createSegment(server, buyers);
    const pages: string[][] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query = cursor === "" ? "" : `&cursor=${cursor}`;
      const { body } = await send(server, "GET", `/api/segments/${id}/members/?limit=2${query}`);
      expect(body.count).toBe(5);
      pages.push(body.results);
      cursor = body.next_cursor;
    }
    expect(pages).toEqual([["A", "b"], ["d", "e"], ["ü"]]);
  });

  test("follow what arrives by themselves", async () => {
    const server = await localServer();
    const id = await createSegment(server, buyers);
    expect(await memberIds(server, id)).toEqual([]);
    await track(server, ordered("ada"));
    expect(await memberIds(server, id)).toEqual(["ada"]);
  });

  test("follow the time that passes", async () => {
    let now = Date.parse("2026-06-15T12:00:00Z");
    const server = await localServer({ now: () => now });
    await track(server, ordered("ada"));
    const id = await createSegment(
      server,
      all({ type: "recency", event_type: "order_placed", operator: "gt", window_days: 7 }),
    );
    expect(await memberIds(server, id)).toEqual([]);
    now += 8 * 24 * 60 * 60 * 1000;
    expect(await memberIds(server, id)).toEqual(["ada"]);
  });

  test("have the history of the anonymous visitor they were", async () => {
    const server = await localServer();
    await track(server, { ...ordered("anon_v1"), anonymous_id: "v1" });
    const id = await createSegment(server, buyers);
    expect(await memberIds(server, id)).toEqual(["anon_v1"]);
    await mint(server, { user_id: "ada", anonymous_id: "v1" });
    expect(await memberIds(server, id)).toEqual(["ada"]);
    await mint(server, { user_id: "bob", anonymous_id: "v1" });
    await track(server, { ...pageViewed, user_id: "bob", anonymous_id: "v1" });
    expect(await memberIds(server, id)).toEqual(["ada"]);
    const { body } = await send(server, "GET", "/api/segments/membership/?user_id=anon_v1");
    expect(body).toMatchObject({ count: 1, results: [{ id }] });
  });

  test("of another segment can be asked for, by its definition as it is now", async () => {
    const server = await localServer();
    await batch(server, [ordered("ada"), { ...pageViewed, user_id: "cy" }]);
    const id = await createSegment(server, buyers);
    const others = await createSegment(server, inSegment(id, "not_in"));
    expect(await memberIds(server, others)).toEqual(["cy"]);
    const viewers = all({ type: "event_count", event_type: "page_viewed", operator: "gt", value: 0 });
    await send(server, "PATCH", `/api/segments/${id}/`, { definition: viewers });
    expect(await memberIds(server, others)).toEqual(["ada"]);
  });

  test("are computed when asked for", async () => {
    const server = await localServer();
    const id = await createSegment(server, buyers);
    await track(server, ordered("ada"));
    const { status, body } = await send(server, "POST", `/api/segments/${id}/compute/`);
    expect({ status, count: body.member_count }).toEqual({ status: 200, count: 1 });
  });
});

describe("a user", () => {
  test("is in the segments that match, each with its name, size and time", async () => {
    const server = await localServer();
    await batch(server, [ordered("ada@example.com/x"), { ...pageViewed, user_id: "cy" }]);
    const id = await createSegment(server, buyers, "Buyers");
    const user = encodeURIComponent("ada@example.com/x");
    expect((await send(server, "GET", `/api/explorer/users/${user}/segments/`)).body).toEqual([
      { segment_id: id, segment_name: "Buyers", member_count: 1, computed_at: expect.any(String) },
    ]);
    expect((await send(server, "GET", "/api/explorer/users/cy/segments/")).body).toEqual([]);
  });

  test("is told why, condition by condition", async () => {
    const now = Date.parse("2026-06-15T12:00:00Z");
    const server = await localServer({ now: () => now });
    const earlier = { occurred_at: "2026-06-12T12:00:00Z" };
    await batch(server, [
      { ...ordered("ada", { total: 0.1, items: ["tea"] }), ...earlier },
      ordered("ada", { total: 0.2, items: ["tea"] }),
      { user_id: "ada", event_type: "context_identified", payload: { plan: "pro" } },
    ]);
    const buyersId = await createSegment(server, buyers, "Buyers");
    const event_type = "order_placed";
    const id = await createSegment(server, {
      logic: "OR",
      conditions: [
        { type: "event_count", event_type, operator: "gte", value: 2, window_days: 1 },
        { type: "recency", event_type: "page_viewed", operator: "gt", window_days: 7 },
        { type: "monetary", event_type, property: "total", metric: "sum", operator: "eq", value: 0.3 },
        { type: "event_property", event_type, property: "items", operator: "contains", value: "tea" },
        { type: "user_property", property: "plan", operator: "in", value: ["pro", "team"] },
        { type: "event_sequence", events: [event_type, event_type, "shipped"], window_days: 30 },
        { type: "segment_membership", segment_id: buyersId, operator: "not_in" },
      ],
    });
    const { body } = await send(server, "GET", `/api/explorer/users/ada/segments/${id}/explain/`);
    expect(body).toMatchObject({ user_id: "ada", segment_id: id, logic: "OR", matches: true });
    expect(body.conditions).toEqual([
      {
        index: 0,
        type: "event_count",
        label: "order_placed at least 2 times in the last day",
        actual: 1,
        threshold: 2,
        passed: false,
      },
      {
        index: 1,
        type: "recency",
        label: "last page_viewed more than 7 days ago",
        actual: null,
        threshold: 7,
        passed: false,
      },
      {
        index: 2,
        type: "monetary",
        label: "sum of total over order_placed = 0.3",
        actual: 0.3,
        threshold: 0.3,
        passed: true,
      },
      {
        index: 3,
        type: "event_property",
        label: 'items of the latest order_placed contains "tea"',
        actual: ["tea"],
        threshold: "tea",
        passed: false,
      },
      {
        index: 4,
        type: "user_property",
        label: 'trait plan is one of "pro", "team"',
        actual: "pro",
        threshold: ["pro", "team"],
        passed: true,
      },
      {
        index: 5,
        type: "event_sequence",
        label: "order_placed then order_placed then shipped in the last 30 days",
        actual: 2,
        threshold: 3,
        passed: false,
      },
      {
        index: 6,
        type: "segment_membership",
        label: "not in the segment Buyers",
        actual: "in",
        threshold: "not_in",
        passed: false,
      },
    ]);
  });

  test("of whom nothing is known has nothing to explain", async () => {
    const server = await localServer();
    const id = await createSegment(server, buyers);
    expect(await send(server, "GET", `/api/explorer/users/nobody/segments/${id}/explain/`)).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining("nobody") },
    });
  });
});

test("every answer is what the OpenAPI document says it is", async () => {
  const server = await localServer();
  await track(server, ordered("ada"));
  const id = await createSegment(server, buyers);
  for (const { method, path, success } of segmentOperations) {
    if (method !== "get" || success.schema === undefined) continue;
    const address = path.replace("{segment_id}", id).replace("{user_id}", "ada");
    const { status, body } = await send(server, "GET", `${address}?user_id=ada`);
    expect([path, status]).toEqual([path, 200]);
    expect(success.schema.safeParse(body).error, path).toBeUndefined();
  }
});
