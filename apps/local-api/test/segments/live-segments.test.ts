import { describe, expect, onTestFinished, test } from "vitest";
import { ArrivalFeed } from "../../src/arrivals";
import { LiveSegments } from "../../src/segments/live-segments";
import { createSegment, findSegment } from "../../src/segments/segment-registry";
import type { Database } from "../../src/store/database";
import { DATABASES as KINDS } from "../support/databases";
import { NOW } from "./arbitraries";
import type { PlainEvent } from "./naive-evaluator";
import { hold, segmentDatabase } from "./segment-databases";
import { buyers } from "./segment-requests";

const order = (userId: string): PlainEvent => ({
  userId,
  eventType: "order_placed",
  occurredAt: NOW,
  payload: {},
  anonymousId: null,
});

/** Memberships that follow by themselves up to two events and two segments. */
function liveSegments(database: Database, feed = new ArrivalFeed()): LiveSegments {
  const live = new LiveSegments(database, feed, {
    now: () => NOW,
    logError: (error) => {
      throw error;
    },
    liveEvents: 2,
    liveSegments: 2,
  });
  onTestFinished(() => live.close());
  return live;
}

const segment = (database: Database) =>
  createSegment(
    database,
    "shop",
    { name: "Buyers", description: "", segmentType: "dynamic", definition: buyers },
    NOW,
  );

const countOf = async (database: Database, id: string) =>
  (await findSegment(database, "shop", id))?.memberCount;

describe("memberships follow by themselves", () => {
  test("as long as there are few events", async () => {
    const database = await segmentDatabase("duckdb");
    const live = liveSegments(database);
    const { id } = await segment(database);
    await hold(database, "shop", [order("ada"), order("bob")]);
    await live.upToDate();
    expect(await countOf(database, id)).toBe(2);
  });

  test("as long as there are few segments", async () => {
    const database = await segmentDatabase("duckdb");
    const live = liveSegments(database);
    const { id } = await segment(database);
    await segment(database);
    await live.upToDate();
    expect(await countOf(database, id)).toBe(0);
    const { id: third } = await segment(database);
    live.invalidate();
    await live.upToDate();
    expect(await countOf(database, third)).toBeNull();
  });

  test("shortly after events arrive, without anybody asking", async () => {
    const database = await segmentDatabase("duckdb");
    const feed = new ArrivalFeed();
    liveSegments(database, feed);
    const { id } = await segment(database);
    await hold(database, "shop", [order("ada")]);
    feed.reset();
    await expect.poll(() => countOf(database, id), { timeout: 20_000 }).toBe(1);
  });

  test("and with more events when they are asked to", async () => {
    const database = await segmentDatabase("duckdb");
    const live = liveSegments(database);
    const created = await segment(database);
    await hold(database, "shop", [order("ada"), order("bob"), order("cy")]);
    await live.upToDate();
    expect(await countOf(database, created.id)).toBeNull();
    expect(await live.compute(created)).toMatchObject({ memberCount: 3, lastComputedAt: new Date(NOW) });
  });

  test.each(KINDS)("and once each in %s, whoever computes them at the same time", async (kind) => {
    const database = await segmentDatabase(kind);
    const servers = [liveSegments(database), liveSegments(database), liveSegments(database)];
    const created = await segment(database);
    await hold(database, "shop", [order("ada"), order("bob"), order("cy")]);
    const computed = await Promise.all(servers.map((live) => live.compute(created)));
    expect(computed.map((each) => each?.memberCount)).toEqual([3, 3, 3]);
    const rows = await database.query("SELECT user_id FROM segment_members ORDER BY user_id");
    expect(rows.map(({ user_id }) => user_id)).toEqual(["ada", "bob", "cy"]);
  });

  test("and a segment that was deleted in the meantime is let be", async () => {
    const database = await segmentDatabase("duckdb");
    const live = liveSegments(database);
    const created = await segment(database);
    await database.transaction((transaction) => transaction.query("DELETE FROM segments"));
    expect(await live.compute(created)).toBeUndefined();
  });
});
