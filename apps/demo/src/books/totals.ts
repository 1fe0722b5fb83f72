/** One client's totals: accepted + recovered = delivered + refused + dropped + left + pending. */
export interface ClientTotals {
  readonly accepted: number;
  readonly recovered: number;
  readonly delivered: number;
  readonly refused: number;
  readonly dropped: number;
  /** Left in a page's storage while it rests, for the next one to recover. */
  readonly left: number;
  readonly pending: number;
}

/** One client of the demo, and how its books stand. */
export interface ClientBooks extends ClientTotals {
  /** The kind it is of: several tabs may show the same page. */
  readonly name: string;
  /** False: its page is gone, and what was pending waits for the next visit. */
  readonly isOpen: boolean;
}

/** The totals of a SegOps client, whatever it runs in. */
export function clientTotals(totals: {
  readonly accepted: number;
  readonly recovered: number;
  readonly delivered: number;
  readonly refused: number;
  readonly dropped: Readonly<Partial<Record<string, number>>>;
  readonly pending: number;
}): ClientTotals {
  const { accepted, recovered, delivered, refused, pending } = totals;
  const { left_stored: left = 0, ...lost } = totals.dropped;
  const dropped = Object.values(lost).reduce<number>((sum, count = 0) => sum + count, 0);
  return { accepted, recovered, delivered, refused, dropped, left, pending };
}

export const NO_EVENTS: ClientTotals = {
  accepted: 0,
  recovered: 0,
  delivered: 0,
  refused: 0,
  dropped: 0,
  left: 0,
  pending: 0,
};

export function sumOf(totals: readonly ClientTotals[]): ClientTotals {
  return totals.reduce<ClientTotals>(
    (sum, each) => ({
      accepted: sum.accepted + each.accepted,
      recovered: sum.recovered + each.recovered,
      delivered: sum.delivered + each.delivered,
      refused: sum.refused + each.refused,
      dropped: sum.dropped + each.dropped,
      left: sum.left + each.left,
      pending: sum.pending + each.pending,
    }),
    NO_EVENTS,
  );
}
