import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const recipes = new URL("../../recipes/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, recipes), "utf8");

/** Not a recipe: it stands in for a module that is not installed here. */
const STAND_IN = "next-server.ts";

const blocks = [...read("README.md").matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
const files = readdirSync(recipes).filter((name) => name.endsWith(".ts") && name !== STAND_IN);

it.each(files)("the README shows %s as it is run", (name) => {
  expect(blocks).toContain(read(name).replace('"./next-server"', '"next/server"'));
});

it("the README shows no other code", () => {
  expect(blocks).toHaveLength(files.length);
});
