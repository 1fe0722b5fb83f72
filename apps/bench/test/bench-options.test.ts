import { expect, test } from "vitest";
import { readBenchOptions } from "../src/bench-options";

const read = (...args: string[]) => readBenchOptions(args, ["track", "replay"]);

test("runs everything unless told otherwise", () => {
  expect(read()).toEqual({ only: [], events: 2_000_000, huge: false, json: false, help: false });
});

test("takes names by comma or one by one, and numbers", () => {
  expect(read("--", "--only", "track,replay", "--events", "1000", "--json")).toMatchObject({
    only: ["track", "replay"],
    events: 1000,
    json: true,
  });
  expect(read("--only", "track", "--only", "replay").only).toEqual(["track", "replay"]);
});

test("says what is wrong and what is allowed", () => {
  expect(() => read("--only", "speed")).toThrow('There is no "speed". --only takes: track, replay');
  expect(() => read("--events", "many")).toThrow(
    '--events must be a whole number of at least 1, but is "many"',
  );
  expect(() => read("--fast")).toThrow("--fast");
});
