import { describe, expect, test } from "vitest";
import { formatReport, judge, type ReplayReport } from "../src/replay/replay-report";

const report: ReplayReport = {
  repository: "/shop",
  commits: 12_000,
  authors: 37,
  totals: { accepted: 12_037, delivered: 12_037, refused: 0, dropped: {}, pending: 0 },
  database: { good: 12_037, duplicates: 500, distinct_users: 40 },
  seconds: 2,
};

describe("the verdict", () => {
  test("is yes when all that was accepted was delivered and is in the database", () => {
    expect(judge(report)).toEqual({
      complete: true,
      line: "accepted = delivered = rows in the database: yes",
    });
  });

  test.each([
    ["one is missing in the database", { database: { ...report.database, good: 12_036 } }],
    ["one is in the database twice", { database: { ...report.database, good: 12_038 } }],
    ["one was not delivered", { totals: { ...report.totals, delivered: 12_036, pending: 1 } }],
  ])("is no when %s", (_, change) => {
    expect(judge({ ...report, ...change } as ReplayReport)).toMatchObject({ complete: false });
  });

  test("says what it cannot know", () => {
    const { complete, line } = judge({ ...report, database: undefined });
    expect(complete).toBe(true);
    expect(line).toBe("accepted = delivered: yes (this server does not say what is in its database)");
  });
});

test("the report shows every count", () => {
  const dropped = { undelivered: 3, queue_full: 2 };
  const text = formatReport({ ...report, totals: { ...report.totals, dropped } });
  expect(text.split("\n").map((line) => line.trim().replaceAll(/\s{2,}/g, " "))).toEqual([
    "Delivery report: /shop",
    "commits 12,000",
    "authors 37",
    "accepted 12,037",
    "delivered 12,037",
    "refused 0",
    "dropped 5 undelivered 3, queue_full 2",
    "pending 0",
    "rows in the database 12,037 added by this replay",
    "duplicates 500 sent again, not stored again",
    "distinct users 40 in the whole database",
    "seconds 2.0",
    "events/s 6,019",
    "",
    "accepted = delivered = rows in the database: yes",
  ]);
});
