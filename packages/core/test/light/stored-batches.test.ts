import { describe, expect, it } from "vitest";
import type { Notice } from "../../src/index";
import { response } from "../../src/testing/index";
import { type Storage, startLightClient } from "./start-light-client";

function start() {
  const storage: Storage = new Map();
  const started = startLightClient({ onError: () => {} }, { storage });
  const notices: Notice[] = [];
  started.client.subscribe((notice) => notices.push(notice));
  const { transport, clock } = started.runtime;
  let number = 0;
  return {
    ...started,
    page: started,
    transport,
    storage,
    notices,
    track: () => started.client.track({ userId: "ada", eventType: "clicked", payload: { number: ++number } }),
    /** The end of a turn of the page. */
    turn: () => clock.advance(0),
    stored: () =>
      [...storage.values()].map(({ texts }) => texts.map((text) => JSON.parse(text).payload.number)),
    batches: () =>
      transport.requests
        .filter(({ path }) => path.includes("batch"))
        .map(({ events }) => events.map(({ payload }) => payload.number)),
  };
}

describe("the events of several turns", () => {
  it("are stored by turns, leave in one request, and are all forgotten when it is answered", async () => {
    const { track, turn, client, stored, storage, batches } = start();
    track();
    await turn();
    track();
    track();
    await turn();
    expect(stored()).toEqual([[1], [2, 3]]);
    expect(await client.flush()).toEqual({ delivered: 3, refused: 0, pending: 0 });
    expect(batches()).toEqual([[1, 2, 3]]);
    expect(storage.size).toBe(0);
  });

  it("that failed together are sent again as they were, without what came later, and under the same key", async () => {
    const { track, turn, clock, transport, batches, notices } = start();
    transport.reply(503);
    track();
    await turn();
    track();
    await clock.advance(5_000);
    track();
    await clock.advance(60_000);
    expect(batches()).toEqual(expect.arrayContaining([[1, 2], [1, 2], [3]]));
    const sent = notices.filter((notice) => notice.type === "sent");
    const keys = sent.filter(({ events }) => events.length === 2).map(({ batchKey }) => batchKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it("are stored anew when the server wants them split, and the halves are forgotten one by one", async () => {
    const { track, turn, client, transport, storage, stored } = start();
    const seen: unknown[] = [];
    transport.fallback(({ body }) => {
      seen.push(stored());
      return response(JSON.parse(body).events.length > 2 ? 413 : 202);
    });
    track();
    await turn();
    track();
    track();
    track();
    await turn();
    expect(await client.flush()).toEqual({ delivered: 4, refused: 0, pending: 0 });
    expect(seen).toEqual([
      [[1], [2, 3, 4]],
      [
        [1, 2],
        [3, 4],
      ],
      [[3, 4]],
    ]);
    expect(storage.size).toBe(0);
  });

  it("stay stored when they are left to another page", async () => {
    const { track, turn, client, engine, storage } = start();
    engine.sender.setActive(false);
    track();
    await turn();
    track();
    await turn();
    engine.drop("left_stored");
    expect(client.totals).toMatchObject({ accepted: 2, dropped: { left_stored: 2 }, pending: 0 });
    expect(storage.size).toBe(2);
  });
});

describe("events that are tracked while a flush is waiting", () => {
  it("do not go with those it waits for, so that its report is about its own", async () => {
    const { track, turn, client, engine, batches } = start();
    engine.sender.setActive(false);
    track();
    await turn();
    engine.sender.setActive(true);
    const report = client.flush();
    track();
    expect(await report).toEqual({ delivered: 1, refused: 0, pending: 0 });
    expect(batches()[0]).toEqual([1]);
  });
});
