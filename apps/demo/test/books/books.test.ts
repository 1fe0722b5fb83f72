import { expect, test } from "vitest";
import { Books } from "../../src/books/books";
import { booksRoutes } from "../../src/books/books-routes";
import { NO_EVENTS } from "../../src/books/totals";

const totals = { ...NO_EVENTS, accepted: 3, pending: 3 };

test("a report that was overtaken changes nothing", () => {
  const books = new Books();
  books.report("a", "page", 2, { ...totals, pending: 0, delivered: 3 });
  books.report("a", "page", 1, totals);
  expect(books.view().balance).toMatchObject({ tracked: 3, inFlight: 0, delivered: 3 });
});

test("a page that is gone stays in the books, and its last report may come later", () => {
  const books = new Books();
  books.report("a", "page", 1, NO_EVENTS);
  books.setOpen("a", false);
  books.report("a", "page", 2, totals);
  expect(books.view().lines).toMatchObject([{ name: "page", open: 0, inFlight: 3 }]);
});

test("whoever waits is told of each change", async () => {
  const books = new Books();
  const { version } = books;
  const change = books.changedSince(version, new AbortController().signal);
  books.report("a", "page", 1, totals);
  await change;
  expect(books.version).toBeGreaterThan(version);
});

test.each([
  ["of this run", "run=now", { name: "page", version: 1, totals }, 204],
  ["of a page that an earlier run has shown", "run=before", { name: "page", version: 1, totals }, 409],
  ["that is none", "run=now", { name: "page", version: 1, totals: { accepted: -1 } }, 400],
])("a report %s", async (_, query, body, status) => {
  const books = new Books();
  const closing = new AbortController().signal;
  const routes = booksRoutes({ books, run: "now", closing, more: () => ({}) });
  const answer = await routes.request(`/books/a?${query}`, { method: "POST", body: JSON.stringify(body) });
  expect(answer.status).toBe(status);
  expect(books.view().balance.tracked).toBe(status === 204 ? 3 : 0);
});
