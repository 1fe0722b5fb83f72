import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createCommand } from "../src/cli-options";

it("the README's table has the options of the command line, with their defaults", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const written = [...readme.matchAll(/^\| `(--[^`]+)` \| `?([^|`]+)`? \|/gm)].map(
    ([, flags = "", value = ""]) => [flags, value.trim()],
  );
  const { options } = createCommand("0.0.0");
  const known = options
    .filter(({ long }) => long !== "--version")
    .map(({ flags, defaultValue, envVar, required }) => [
      flags,
      String(defaultValue ?? envVar ?? (required ? "none" : "off")),
    ]);
  expect(written).toEqual(known);
});
