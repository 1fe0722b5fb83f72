import { mkdtemp, rm } from "node:fs/promises";
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
  destination = await mkdtemp(path.join(tmpdir(), "segops-browser-"));
  tarball = await pack("packages/browser", destination);
  project = await installProject({ tarballs: [tarball, await pack("packages/core", destination)] });
});

afterAll(async () => {
  await project?.remove();
  await rm(destination, { recursive: true, force: true });
});

describe("the tarball", () => {
  test("satisfies publint", async () => {
    expect(await publintMessages("packages/browser")).toEqual([]);
  });

  test("has types that resolve in every way of importing it", async () => {
    const { code, output } = await attw(tarball);
    expect(code, output).toBe(0);
  });

  test("holds the script build and no test", () => {
    expect(tarball.files).toEqual(
      expect.arrayContaining(["dist/index.js", "dist/segops.js", "dist/segops.js.map"]),
    );
    expect(tarball.files.filter((file) => /\.test|\.spec|(^|\/)test\//.test(file))).toEqual([]);
  });

  test("depends on the engine alone", async () => {
    const { dependencies, peerDependencies } = await project.manifest("@segops/browser");
    expect(Object.keys(dependencies ?? {})).toEqual(["@segops/core"]);
    expect(peerDependencies ?? {}).toEqual({});
  });
});

describe("in a project", () => {
  test("can be imported where there is no page, as on a server that renders", async () => {
    const source = `import { SegOpsClient } from "@segops/browser"; console.log(typeof SegOpsClient);`;
    expect(await project.run("consumer.mjs", source)).toBe("function");
  });

  test("runs from CommonJS", async () => {
    const source = `const { SegOpsClient } = require("@segops/browser"); console.log(typeof SegOpsClient);`;
    expect(await project.run("consumer.cjs", source)).toBe("function");
  });
});
