import { InvalidEventError, type Notice } from "@segops/core";
import { describe, expect, it } from "vitest";
import { createEventLog } from "../../src/inspector/event-log";

const textOf = (event_type: string) =>
  JSON.stringify({ event_type, occurred_at: "2026-01-01T00:00:00.000Z" });
const queued = (type: string): Notice => ({ type: "queued", event: textOf(type) });
const about = (...types: string[]) => ({ batchKey: "1", attempt: 1, events: types.map(textOf) });

function logOf(...notices: Notice[]): string[] {
  const log = createEventLog();
  notices.forEach(log.take);
  return log.events.map(({ type, state, reason }) => [type, state, reason].filter(Boolean).join(" "));
}

describe("the log of events", () => {
  it("follows an event from its beginning to its end, newest first", () => {
    expect(logOf(queued("a"), queued("b"))).toEqual(["b queued", "a queued"]);
    expect(logOf(queued("a"), { type: "sent", ...about("a") })).toEqual(["a sending"]);
    expect(
      logOf(queued("a"), { type: "sent", ...about("a") }, { type: "delivered", count: 1, ...about("a") }),
    ).toEqual(["a delivered"]);
  });

  it("says why an event is tried again, refused or dropped", () => {
    const retrying: Notice = {
      type: "retrying",
      code: "server_error" as never,
      reason: "503",
      status: 503,
      delayMs: 500,
      ...about("a"),
    };
    expect(logOf(queued("a"), retrying)).toEqual(["a retrying 503"]);
    expect(logOf(queued("a"), { type: "refused", reason: "rejected", count: 1, ...about("a") })).toEqual([
      "a refused rejected",
    ]);
    expect(
      logOf(queued("a"), { type: "dropped", reason: "queue_full", count: 1, events: [textOf("a")] }),
    ).toEqual(["a dropped queue_full"]);
    expect(logOf({ type: "invalid", error: new InvalidEventError("eventType", "is missing") })[0]).toMatch(
      /^invalid event invalid .*missing/,
    );
  });

  it("moves one of two events that are equal to the letter", () => {
    expect(logOf(queued("a"), queued("a"), { type: "sent", ...about("a") }).sort()).toEqual([
      "a queued",
      "a sending",
    ]);
  });

  it("tells the delivered of a batch from those that were skipped", () => {
    expect(
      logOf(
        queued("a"),
        queued("b"),
        { type: "delivered", count: 1, ...about("a", "b") },
        { type: "refused", reason: "skipped", count: 1, ...about("a", "b") },
      ),
    ).toEqual(["b refused skipped", "a delivered"]);
  });

  it("knows events that came before it, once", () => {
    const log = createEventLog();
    log.take(queued("a"));
    log.addWaiting([textOf("a"), textOf("earlier")]);
    expect(log.events.map(({ type }) => type).sort()).toEqual(["a", "earlier"]);
  });

  it("keeps all that is under way, and the latest hundred of what is done", () => {
    const log = createEventLog();
    log.take(queued("waiting"));
    for (let index = 0; index < 300; index++) {
      log.take(queued(`done ${index}`));
      log.take({ type: "delivered", count: 1, ...about(`done ${index}`) });
    }
    log.take(queued("last"));
    expect(log.events).toHaveLength(102);
    expect(log.events.at(-1)?.type).toBe("waiting");
  });
});
