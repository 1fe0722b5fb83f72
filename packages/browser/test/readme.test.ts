import { readFileSync } from "node:fs";
import path from "node:path";
import { DEFAULT_OPTIONS } from "@segops/core";
import { expect, it } from "vitest";

it("the README's table gives the defaults that the code has", () => {
  const readme = readFileSync(path.join(import.meta.dirname, "../README.md"), "utf8");
  const written = Object.fromEntries(
    [...readme.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(([, option, value]) => [option, Number(value)]),
  );
  expect(written).toEqual(DEFAULT_OPTIONS);
});
