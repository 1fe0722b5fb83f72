import { readFileSync } from "node:fs";
import { DEFAULT_OPTIONS } from "@segops/core";
import { expect, it } from "vitest";
import { NODE_DEFAULTS } from "../src/options";

it("the README's table gives the defaults that the code has", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const written = Object.fromEntries(
    [...readme.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(([, option, value]) => [option, Number(value)]),
  );
  expect(written).toEqual({ ...DEFAULT_OPTIONS, ...NODE_DEFAULTS });
});
