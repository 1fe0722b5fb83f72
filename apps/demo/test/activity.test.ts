import type { Notice, NoticeListener } from "@segops/node";
import { expect, test } from "vitest";
import { Activity } from "../src/shop/activity";

const totals = { accepted: 0, delivered: 0, refused: 0, dropped: {}, pending: 0 };

function watched() {
  let listener: NoticeListener = () => {};
  const activity = new Activity({
    subscribe(given) {
      listener = given;
      return () => {};
    },
    totals,
  });
  const states = () => activity.snapshot().events.map(({ event_type, state }) => [event_type, state]);
  return { activity, states, notify: (notice: Notice) => listener(notice) };
}

const text = (type: string) => JSON.stringify({ user_id: "ada", event_type: type, payload: { type } });
const batch = (...types: string[]) => ({ batchKey: "k", attempt: 1, events: types.map(text) });

test("follows each event from the queue to its end, newest first", () => {
  const { states, notify } = watched();
  notify({ type: "queued", event: text("a") });
  notify({ type: "queued", event: text("b") });
  expect(states()).toEqual([
    ["b", "pending"],
    ["a", "pending"],
  ]);
  notify({ type: "sent", ...batch("a") });
  expect(states()[1]).toEqual(["a", "sent"]);
  notify({ type: "delivered", count: 1, ...batch("a") });
  notify({ type: "refused", reason: "rejected", count: 1, ...batch("b") });
  expect(states()).toEqual([
    ["b", "refused"],
    ["a", "delivered"],
  ]);
});

test("keeps the latest events only", () => {
  const { activity, notify } = watched();
  for (let index = 0; index < 100; index += 1) notify({ type: "queued", event: text(`type_${index}`) });
  const { events } = activity.snapshot();
  expect(events).toHaveLength(30);
  expect(events[0]).toMatchObject({ id: 100, user_id: "ada", event_type: "type_99" });
});

test("wakes those who wait for a change", async () => {
  const { activity, notify } = watched();
  const left = new AbortController();
  const { version } = activity;
  const waiting = activity.changedSince(version, left.signal);
  notify({ type: "queued", event: text("a") });
  await waiting;
  await activity.changedSince(version, left.signal);

  const forever = activity.changedSince(activity.version, left.signal);
  left.abort();
  await expect(forever).rejects.toThrow();
});
