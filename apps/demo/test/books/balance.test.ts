import { describe, expect, test } from "vitest";
import { balanceOf, linesOf } from "../../src/books/balance";
import { type ClientBooks, NO_EVENTS } from "../../src/books/totals";
import { judge } from "../../src/books/verdict";

const client = (books: Partial<ClientBooks>): ClientBooks => ({
  ...NO_EVENTS,
  name: "page",
  isOpen: true,
  ...books,
});

const closed = client({ accepted: 9, delivered: 4, pending: 5, isOpen: false });

describe("tracked is always in flight, delivered, refused and dropped", () => {
  test.each([
    ["of nobody", [], { tracked: 0, inFlight: 0 }],
    [
      "of one client",
      [client({ accepted: 5, delivered: 2, refused: 1, pending: 2 })],
      { tracked: 5, inFlight: 2 },
    ],
    ["of a page that is gone: what it left waits", [closed], { tracked: 9, inFlight: 5, left: 5 }],
    [
      "of a visit that has found some of what another left",
      [closed, client({ accepted: 1, recovered: 3, delivered: 2, pending: 2 })],
      { tracked: 10, inFlight: 4, left: 2 },
    ],
    [
      "of a visit that has found all of it, and more from a time before",
      [closed, client({ recovered: 7, delivered: 7 })],
      { tracked: 11, inFlight: 0 },
    ],
    [
      "of a page that rests: what it left in its browser waits",
      [client({ accepted: 9, delivered: 4, left: 5 })],
      { tracked: 9, inFlight: 5, left: 5 },
    ],
    [
      "of a page that was shown again when another had found what it left",
      [client({ accepted: 9, delivered: 4, left: 5 }), client({ recovered: 5, delivered: 5 })],
      { tracked: 9, inFlight: 0, left: 0 },
    ],
    [
      "of a backend that was killed twice",
      [
        client({ accepted: 3, pending: 3, isOpen: false }),
        client({ accepted: 1, recovered: 3, delivered: 2, pending: 2, isOpen: false }),
        client({ recovered: 2, pending: 2 }),
      ],
      { tracked: 4, inFlight: 2, left: 0, delivered: 2 },
    ],
    ["of events that were dropped", [client({ accepted: 3, dropped: 3 })], { tracked: 3, inFlight: 0 }],
  ])("%s", (_, clients, expected) => {
    const balance = balanceOf(clients);
    expect(balance).toMatchObject(expected);
    const { tracked, inFlight, delivered, refused, dropped } = balance;
    expect(inFlight + delivered + refused + dropped).toBe(tracked);
  });
});

test("clients of a kind make one line", () => {
  const clients = [client({ accepted: 1, pending: 1 }), client({ name: "backend" }), closed];
  expect(linesOf(clients)).toMatchObject([
    { name: "page", open: 1, tracked: 10, inFlight: 6 },
    { name: "backend", open: 1, tracked: 0 },
  ]);
});

describe("beside what the server has stored", () => {
  const balance = { tracked: 10, inFlight: 2, left: 0, delivered: 7, refused: 1, dropped: 0 };
  test.each([
    ["an absent server says nothing", balance, undefined, { kind: "unknown" }],
    ["each delivered event is stored", { ...balance, inFlight: 0 }, 7, { kind: "even" }],
    ["events in flight may be stored before the answer", balance, 8, { kind: "moving", storedInFlight: 1 }],
    ["the server's count may lag", balance, 4, { kind: "counting", missing: 3 }],
    ["others may have sent some", balance, 12, { kind: "others", events: 3 }],
  ])("%s", (_, books, stored, verdict) => {
    expect(judge(books, stored)).toEqual(verdict);
  });
});
