import type { Client, DeliveryReport, DropReason } from "@segops/core";

/** The reports of several engines as one. */
export function addReports(reports: readonly DeliveryReport[]): DeliveryReport {
  return {
    delivered: sum(reports.map(({ delivered }) => delivered)),
    refused: sum(reports.map(({ refused }) => refused)),
    pending: sum(reports.map(({ pending }) => pending)),
  };
}

/** The books of several engines as one. */
export function addTotals(totals: readonly Client["totals"][]): Client["totals"] {
  const dropped: Partial<Record<DropReason, number>> = {};
  for (const one of totals) {
    for (const [reason, count] of Object.entries(one.dropped) as [DropReason, number][]) {
      dropped[reason] = (dropped[reason] ?? 0) + count;
    }
  }
  return {
    ...addReports(totals),
    accepted: sum(totals.map(({ accepted }) => accepted)),
    recovered: sum(totals.map(({ recovered }) => recovered)),
    dropped,
  };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
