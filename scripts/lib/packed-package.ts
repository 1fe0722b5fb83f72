import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { attw, installProject, type Project, pack, publintMessages, type Tarball } from "./packed.ts";

/** A package as its users have it: there from the first test on. */
export interface PackedPackage {
  tarball: Tarball;
  project: Project;
}

/**
 * Packs a package for the tests of a file and installs it in a project.
 *
 * @param name Its folder: `core`.
 * @param options.needs The packages of this workspace that it depends on. Default: none.
 */
export function packedPackage(
  name: string,
  {
    needs = [],
    ...installed
  }: { needs?: readonly string[] } & Omit<Parameters<typeof installProject>[0], "tarballs"> = {},
): PackedPackage {
  const packed = {} as PackedPackage;
  let destination: string;
  beforeAll(async () => {
    destination = await mkdtemp(path.join(tmpdir(), `segops-${name}-`));
    const tarballs: Tarball[] = [];
    for (const each of [...needs, name]) tarballs.push(await pack(`packages/${each}`, destination));
    packed.tarball = tarballs.at(-1) as Tarball;
    packed.project = await installProject({ tarballs, ...installed });
  });
  afterAll(async () => {
    await packed.project?.remove();
    await rm(destination, { recursive: true, force: true });
  });
  return packed;
}

/** What holds for every package's tarball. */
export function testTarball(name: string, packed: PackedPackage, files = ["dist/index.js"]): void {
  test("satisfies publint", async () => {
    expect(await publintMessages(`packages/${name}`)).toEqual([]);
  });

  test("has types that resolve in every way of importing it", async () => {
    const { code, output } = await attw(packed.tarball);
    expect(code, output).toBe(0);
  });

  test("holds what was built, the licence and no test", () => {
    expect(packed.tarball.files).toEqual(expect.arrayContaining(["LICENSE", "README.md", ...files]));
    expect(packed.tarball.files.filter((file) => /\.test|\.spec|(^|\/)test\//.test(file))).toEqual([]);
  });
}
