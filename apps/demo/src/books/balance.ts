import { type ClientBooks, sumOf } from "./totals";

/** What became of all events: tracked = inFlight + delivered + refused + dropped. */
export interface Balance {
  readonly tracked: number;
  readonly inFlight: number;
  /** Those in flight that a page or process has left when it ended, for the next one. */
  readonly left: number;
  readonly delivered: number;
  readonly refused: number;
  readonly dropped: number;
}

/** One line of the books: all clients of a kind. */
export interface BooksLine extends Balance {
  readonly name: string;
  /** How many there are now. */
  readonly open: number;
}

/**
 * Adds up the books of clients that may have come and gone. What a closed page left in its browser, or a killed backend
 * on its disk, is in flight until another one has found it; what was found beyond that comes from a time before these books, and counts as tracked.
 */
export function balanceOf(clients: readonly ClientBooks[]): Balance {
  const { accepted, recovered, delivered, refused, dropped, left: stored } = sumOf(clients);
  const leftBehind = stored + sumOf(clients.filter(({ isOpen }) => !isOpen)).pending;
  const waiting = sumOf(clients.filter(({ isOpen }) => isOpen)).pending;
  const left = Math.max(0, leftBehind - recovered);
  return {
    tracked: accepted + Math.max(0, recovered - leftBehind),
    inFlight: waiting + left,
    left,
    delivered,
    refused,
    dropped,
  };
}

/** The books line by line, in the order in which the kinds of clients appeared. */
export function linesOf(clients: readonly ClientBooks[]): BooksLine[] {
  const kinds = new Map<string, ClientBooks[]>();
  for (const client of clients) kinds.set(client.name, [...(kinds.get(client.name) ?? []), client]);
  return [...kinds].map(([name, some]) => ({
    name,
    open: some.filter(({ isOpen }) => isOpen).length,
    ...balanceOf(some),
  }));
}
