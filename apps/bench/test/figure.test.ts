import { expect, test } from "vitest";
import { type Figure, judge } from "../src/figure";
import { formatFigures } from "../src/figure-table";
import { compare, interleave } from "../src/rounds";
import { median } from "../src/statistics";

const figure: Figure = {
  scenario: "throughput",
  name: "throughput",
  unit: "events/s",
  client: 83_625,
  baselineName: "bare undici",
  baseline: 100_000,
  ratio: 0.84,
  target: { of: "ratio", atLeast: 0.7 },
};

test("a figure is held against its target", () => {
  expect(judge(figure)).toBe("within target");
  expect(judge({ ...figure, ratio: 0.69 })).toBe("outside target");
  expect(judge({ ...figure, target: { of: "client", atMost: 40 } })).toBe("outside target");
  expect(judge({ ...figure, client: 40, target: { of: "client", atMost: 40 } })).toBe("within target");
  expect(judge({ ...figure, ratio: Number.NaN })).toBe("outside target");
  expect(judge({ ...figure, target: undefined })).toBe("");
});

test("the table shows each figure with its baseline, target and verdict", () => {
  const [header, line] = formatFigures([figure]).split("\n");
  expect(header?.split(/\s{2,}/)).toEqual(["figure", "client", "baseline", "ratio", "target"]);
  expect(line?.split(/\s{2,}/)).toEqual([
    "throughput, events/s",
    "83,625",
    "100,000",
    "bare undici",
    "0.84",
    "ratio ≥ 0.7",
    "within target",
  ]);
});

test("rounds are compared by medians, ratios within their round", () => {
  const rounds = [
    { client: 3, baseline: 1 },
    { client: 40, baseline: 20 },
    { client: 5, baseline: 2 },
  ];
  expect(compare(rounds, (value) => value)).toEqual({ client: 5, baseline: 2, ratio: 2.5 });
});

test("sides take turns in who goes first", async () => {
  const order: string[] = [];
  await interleave(3, async (side) => {
    order.push(side);
  });
  expect(order).toEqual(["client", "baseline", "baseline", "client", "client", "baseline"]);
});

test("the median is the middle", () => {
  expect(median([10, 9, 100])).toBe(10);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow();
});
