import { deliveryRows, type EventTotals, formatTable, type Row } from "../delivery-table";
import type { ServerCounts } from "./server-counts";

/** What a replay did and what became of it. */
export interface ReplayReport {
  readonly repository: string;
  readonly commits: number;
  readonly authors: number;
  readonly totals: EventTotals;
  /** What this replay added to the database. Undefined when the server does not tell. */
  readonly database: ServerCounts | undefined;
  readonly seconds: number;
}

export interface Verdict {
  readonly complete: boolean;
  readonly line: string;
}

/** The one line that counts: whether everything that was taken in has arrived, and once. */
export function judge({ totals: { accepted, delivered }, database }: ReplayReport): Verdict {
  if (database === undefined) {
    const complete = accepted === delivered;
    const line = `accepted = delivered: ${yesNo(complete)} (this server does not say what is in its database)`;
    return { complete, line };
  }
  const complete = accepted === delivered && delivered === database.good;
  return { complete, line: `accepted = delivered = rows in the database: ${yesNo(complete)}` };
}

export function formatReport(report: ReplayReport): string {
  const { repository, commits, authors, totals, database, seconds } = report;
  const rows: Row[] = [
    ["commits", commits],
    ["authors", authors],
    ...deliveryRows(totals),
    ...databaseRows(database),
    ["seconds", seconds.toFixed(1)],
    ["events/s", Math.round(totals.delivered / seconds)],
  ];
  return `${formatTable(`Delivery report: ${repository}`, rows)}\n\n${judge(report).line}`;
}

function databaseRows(database: ServerCounts | undefined): Row[] {
  if (database === undefined) return [["rows in the database", "?"]];
  return [
    ["rows in the database", database.good, "added by this replay"],
    ["duplicates", database.duplicates, database.duplicates > 0 ? "sent again, not stored again" : ""],
    ["distinct users", database.distinct_users, "in the whole database"],
  ];
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}
