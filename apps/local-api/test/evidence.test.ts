import { describe, expect, test } from "vitest";
import type { LocalServer } from "../src/index";
import { DATABASES, emptyDatabase } from "./support/databases";
import { batch, get, localServer, pageViewed, track } from "./support/local-server";

const numbered = (user_id: string, ...numbers: number[]) =>
  numbers.map((seq) => ({ user_id, event_type: "step_taken", payload: { seq } }));

describe.each(DATABASES)("on %s", (kind) => {
  const open = async () => localServer(await emptyDatabase(kind));
  const results = async (server: LocalServer, path: string) =>
    ((await get(server, path)).body as { results: unknown[] }).results;

  test("gaps and repeats show in the numbers that events carry", async () => {
    const server = await open();
    await batch(server, [...numbered("ada", 1, 2, 5, 5, 6, 9), ...numbered("bob", 3, 2, 1), pageViewed]);
    expect(await results(server, "/local/gaps")).toEqual([
      {
        user_id: "ada",
        event_type: "step_taken",
        events: 6,
        first: 1,
        last: 9,
        repeated: 1,
        missing: 4,
        gaps: [
          [3, 4],
          [7, 8],
        ],
      },
      {
        user_id: "bob",
        event_type: "step_taken",
        events: 3,
        first: 1,
        last: 3,
        repeated: 0,
        missing: 0,
        gaps: [],
      },
    ]);
    expect(await results(server, "/local/gaps?user_id=bob")).toHaveLength(1);
    expect(await results(server, "/local/gaps?property=other")).toEqual([]);
  });

  test("what came twice is listed, with whether it was the same", async () => {
    const server = await open();
    const key = { "Idempotency-Key": "batch-1" };
    await batch(server, [pageViewed, pageViewed], key);
    await batch(server, [pageViewed, pageViewed], key);
    await batch(server, [{ ...pageViewed, event_id: "e1" }]);
    await batch(server, [{ ...pageViewed, event_id: "e1", payload: { other: true } }]);
    expect(await results(server, "/local/duplicates")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          recognised_by: "idempotency_key",
          reference: "batch-1",
          events: 2,
          identical: true,
        }),
        expect.objectContaining({ recognised_by: "event_id", reference: "e1", events: 1, identical: false }),
      ]),
    );
  });

  test("everything is exported as JSON lines, in the order of arrival", async () => {
    const server = await open();
    const events = Array.from({ length: 500 }, (_, n) => ({ ...pageViewed, payload: { n } }));
    for (let n = 0; n < 5; n++) await batch(server, events);
    await batch(server, ["bad", { user_id: "ada" }]);
    const good = await fetch(`${server.url}/local/export`);
    expect(good.headers.get("Content-Type")).toBe("application/x-ndjson");
    const lines = (await good.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: number; payload: unknown });
    expect(lines).toHaveLength(2500);
    expect(lines.map(({ id }) => id)).toEqual(lines.map(({ id }) => id).sort((a, b) => a - b));
    expect(lines.slice(0, 500).map(({ payload }) => payload)).toEqual(events.map(({ payload }) => payload));
    const bad = (await (await fetch(`${server.url}/local/export?kind=bad`)).text()).trimEnd().split("\n");
    expect(bad.map((line) => JSON.parse(line))).toMatchObject([{ received: "bad" }, { reason: "required" }]);
  });
});

describe("a test in any language can wait", () => {
  test("until as many events have arrived", async () => {
    const server = await localServer();
    const waiting = get(server, "/local/wait?good=2&bad=1&timeout=10s");
    await track(server, pageViewed);
    await batch(server, [pageViewed, "bad"]);
    expect(await waiting).toMatchObject({ status: 200, body: { good: 2, bad: 1 } });
  });

  test("and is told the counts when they do not arrive", async () => {
    expect(await get(await localServer(), "/local/wait?good=1&timeout=1ms")).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('"good":0') },
    });
  });

  test.each(["?timeout=soon", "?timeout=1h", "?timeout=61s", "?good=all"])("but not %s", async (query) => {
    expect((await get(await localServer(), `/local/wait${query}`)).status).toBe(400);
  });
});
