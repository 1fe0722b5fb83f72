import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
// @boundaries-ignore: shared by every package's tests
import {
  attw,
  installProject,
  type Project,
  pack,
  publintMessages,
  type Tarball,
} from "../../../../scripts/lib/packed.ts";

let destination: string;
let tarball: Tarball;
let project: Project;

beforeAll(async () => {
  destination = await mkdtemp(path.join(tmpdir(), "segops-core-"));
  tarball = await pack("packages/core", destination);
  project = await installProject({ tarballs: [tarball] });
});

afterAll(async () => {
  await project?.remove();
  await rm(destination, { recursive: true, force: true });
});

describe("the tarball", () => {
  test("satisfies publint", async () => {
    expect(await publintMessages("packages/core")).toEqual([]);
  });

  test("has types that resolve in every way of importing it", async () => {
    const { code, output } = await attw(tarball);
    expect(code, output).toBe(0);
  });

  test("holds no test", () => {
    expect(tarball.files).toContain("dist/index.js");
    expect(tarball.files.filter((file) => /\.test|\.spec|(^|\/)test\//.test(file))).toEqual([]);
  });

  test("depends on nothing", async () => {
    const { dependencies, peerDependencies, peerDependenciesMeta } = await project.manifest("@segops/core");
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
    expect(await project.run("consumer.mjs", source)).toBe("function function");
  });

  test("is all that a runtime of one's own needs, as the example shows", async () => {
    const example = await readFile(new URL("../../examples/message-queue.mjs", import.meta.url), "utf8");
    expect(example.split("\n").length).toBeLessThan(80);
    const output = await project.run("message-queue.mjs", example);
    expect(output).toContain("/api/ingestion/track/batch/: context_identified, order_placed");
    expect(output).toContain("{ delivered: 2, refused: 0, pending: 0 }");
  });

  test("runs from CommonJS", async () => {
    const source = `const core = require("@segops/core");
      const testing = require("@segops/core/testing");
      console.log(typeof core.createClient, typeof testing.createTestRuntime);`;
    expect(await project.run("consumer.cjs", source)).toBe("function function");
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
      expect(await project.typecheck(consumer, { resolution })).toBe("");
    },
  );
});
