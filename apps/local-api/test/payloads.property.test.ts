import fc from "fast-check";
import { expect, test } from "vitest";
import { startServer } from "../src/index";
import { DATABASES, sharedDatabase } from "./support/databases";
import { batch } from "./support/local-server";

// Every character but NUL, which PostgreSQL has no way to store.
const unit = fc
  .string({ unit: "binary", minLength: 1, maxLength: 1 })
  .filter((character) => character !== "\0");
const text = fc.string({ unit, minLength: 1 });
const event = fc.record(
  {
    user_id: text,
    event_type: text,
    payload: fc.dictionary(text, fc.jsonValue({ stringUnit: unit })),
    anonymous_id: text,
  },
  { requiredKeys: ["user_id", "event_type"] },
);

test.each(DATABASES)(
  "on %s, whatever JSON an event holds, it comes back the same, and none is lost to an odd character",
  async (kind) => {
    const server = await startServer({ port: 0, ...(await sharedDatabase(kind)) });
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 20 }), async (events) => {
          await server.reset();
          const withIds = events.map((each, n) => ({ ...each, event_id: `${n}${each.user_id}` }));
          // What JSON cannot tell apart (such as -0 and 0) need not come back.
          const sent = JSON.parse(JSON.stringify(withIds)) as typeof withIds;
          expect((await batch(server, sent)).body).toEqual({ queued: events.length, skipped: 0 });
          const stored = (await server.events({ limit: 20 })).reverse();
          expect(
            stored.map(({ user_id, event_type, payload }) => ({ user_id, event_type, payload })),
          ).toEqual(
            sent.map(({ user_id, event_type, payload }) => ({ user_id, event_type, payload: payload ?? {} })),
          );
        }),
        { numRuns: 50 },
      );
    } finally {
      await server.close();
    }
  },
);

test.each(DATABASES)(
  "on %s, half a surrogate pair and NUL are stored as the replacement character",
  async (kind) => {
    const server = await startServer({ port: 0, ...(await sharedDatabase(kind)) });
    try {
      const odd = {
        user_id: "a\ud800\0",
        event_type: "b",
        event_id: "c\udc00",
        payload: { text: "\ud800\\ud800\0\\u0000" },
      };
      await batch(server, [odd]);
      await batch(server, [odd]);
      expect(await server.events()).toMatchObject([
        { user_id: "a\ufffd\ufffd", event_id: "c\ufffd", payload: { text: "\ufffd\\ud800\ufffd\\u0000" } },
      ]);
    } finally {
      await server.close();
    }
  },
);

test.each(DATABASES)("on %s, a payload may be nested 1,000 levels deep, and no deeper", async (kind) => {
  const server = await startServer({ port: 0, ...(await sharedDatabase(kind)) });
  try {
    const nested = (levels: number) =>
      JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`) as unknown;
    const events = [1000, 1001].map((levels) => ({ user_id: "a", event_type: "b", payload: nested(levels) }));
    expect((await batch(server, events)).body).toEqual({ queued: 1, skipped: 1 });
    expect(await server.events()).toMatchObject([{ payload: nested(1000) }]);
    expect(await server.badEvents()).toMatchObject([{ reason: "too_deep" }]);
  } finally {
    await server.close();
  }
});
