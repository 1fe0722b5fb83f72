import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
// @boundaries-ignore: shared by every package's tests
import { packedPackage, testTarball } from "../../../../scripts/lib/packed-package.ts";

const packed = packedPackage("core");

describe("the tarball", () => {
  testTarball("core", packed);

  test("depends on nothing", async () => {
    const { dependencies, peerDependencies, peerDependenciesMeta } =
      await packed.project.manifest("@segops/core");
    expect(dependencies ?? {}).toEqual({});
    expect(Object.keys(peerDependencies ?? {})).toEqual(["zod"]);
    expect(peerDependenciesMeta).toEqual({ zod: { optional: true } });
  });
});

describe("in a project without zod", () => {
  test("runs from an ES module", async () => {
    const source = `import * as core from "@segops/core";
      import * as testing from "@segops/core/testing";
      console.log(typeof core.createClient, typeof testing.createTestRuntime);`;
    expect(await packed.project.run("consumer.mjs", source)).toBe("function function");
  });

  test("is all that a runtime of one's own needs, as the example shows", async () => {
    const example = await readFile(new URL("../../examples/message-queue.mjs", import.meta.url), "utf8");
    expect(example.split("\n").length).toBeLessThan(80);
    const output = await packed.project.run("message-queue.mjs", example);
    expect(output).toContain("/api/ingestion/track/batch/: context_identified, order_placed");
    expect(output).toContain("{ delivered: 2, refused: 0, pending: 0 }");
  });

  test("runs from CommonJS", async () => {
    const source = `const core = require("@segops/core");
      const testing = require("@segops/core/testing");
      console.log(typeof core.createClient, typeof testing.createTestRuntime);`;
    expect(await packed.project.run("consumer.cjs", source)).toBe("function function");
  });

  const consumer = `import { createClient, defineEvents, type PayloadOf, type StandardSchema } from "@segops/core";
    import { createTestRuntime } from "@segops/core/testing";
    declare const order: StandardSchema<{ total: number }>;
    const events = defineEvents({ order_placed: order });
    export const payload: PayloadOf<typeof events, "order_placed"> = { total: 42 };
    export const used = [createClient, createTestRuntime] as const;`;

  test.each(["node16", "bundler"] as const)(
    "type-checks without DOM and Node types, %s",
    async (resolution) => {
      expect(await packed.project.typecheck(consumer, { resolution })).toBe("");
    },
  );
});
