import { expect, test } from "vitest";
import { storyCell } from "../../src/peers/browser/story-table";
import { lossCell, lossTable } from "../../src/peers/loss-table";
import { readPeerOptions } from "../../src/peers/peer-options";
import { formatReport } from "../../src/peers/peer-report";
import { standing } from "../../src/peers/standing";
import { formatTable } from "../../src/peers/table";

test("a table is Markdown, its numbers to the right", () => {
  const text = formatTable({
    title: "Bytes",
    columns: ["SDK", "gzip"],
    rows: [["ours", "4,100"]],
    notes: ["A."],
  });
  expect(text).toBe("### Bytes\n\n| SDK  |  gzip |\n|------|------:|\n| ours | 4,100 |\n\nA.");
});

test("a loss stands out, and a duplicate and a note are told", () => {
  expect(lossCell({ tracked: 10, delivered: 10, duplicates: 0 })).toBe("10");
  expect(lossCell({ tracked: 10, delivered: 9, duplicates: 2, note: "never closes" })).toBe(
    "**9**; 2 twice; never closes",
  );
  expect(lossCell()).toBe("–");
  const counts = { exit: { ours: { tracked: 10, delivered: 10, duplicates: 0 } } };
  expect(lossTable("Ends", counts, ["ours", "theirs"]).rows).toEqual([["exit, of 10", "10", "–"]]);
});

test("a story shows what arrived before and after a later visit, over its rounds", () => {
  const round = (atOnce: number | undefined, unique: number, duplicates = 0) => ({
    atOnce,
    unique,
    duplicates,
  });
  expect(storyCell(10, [round(undefined, 10)])).toBe("10");
  expect(storyCell(10, [round(3, 10), round(7, 10, 4)])).toBe("3 to 7 → 10; 4 twice");
  expect(storyCell(10, [round(0, 2), { ...round(0, 0), failure: "gone" }])).toBe(
    "0 → **0 to 2**; 1 rounds failed",
  );
  expect(storyCell(10, [])).toBe("–");
});

test("it is said of ours where it is not first", () => {
  const values = { ours: 2, first: 1, last: 3, absent: Number.NaN };
  expect(standing("ours", { figure: "cost", best: "least", values })).toBe("cost: **behind first**");
  expect(standing("ours", { figure: "rate", best: "most", values })).toBe("rate: **behind last**");
  expect(standing("ours", { figure: "bytes", best: "least", values: { ours: 1, other: 1 } })).toBe(
    "bytes: first",
  );
  expect(standing("absent", { figure: "cost", best: "least", values })).toBe("cost: not measured");
});

test("the report names each version, and each peer that could not be measured", () => {
  const environment = {
    date: "2026-11-25T01:02:03.000Z",
    node: "v20",
    platform: "linux",
    cpu: "A processor",
    cores: 2,
    load: 1,
    loadAtEnd: 2.25,
  };
  const report = formatReport(environment, {
    name: "node",
    installed: [{ name: "a", packageName: "@a/a", version: "1.0.0", folder: "", bytes: 1, packages: 1 }],
    missing: [{ name: "b", packageName: "b", version: "2.0.0", reason: "not found" }],
    tables: [],
    figures: {},
    standings: ["bytes: first"],
  });
  expect(report.split("\n\n")).toEqual([
    "Measured 2026-11-25 01:02 UTC, Node v20, A processor, 2 cores; load average 1.0 at the start, 2.3 at the end.",
    "@a/a 1.0.0",
    "Not measured: b 2.0.0: not found",
    "### Where ours stands",
    "- bytes: first",
  ]);
});

test("the options name groups, and no others", () => {
  expect(readPeerOptions(["--", "--only", "node", "--save"], ["node"])).toEqual({
    only: ["node"],
    save: true,
  });
  expect(() => readPeerOptions(["--only", "deno"], ["node", "browser"])).toThrow(
    "--only takes: node, browser",
  );
});
