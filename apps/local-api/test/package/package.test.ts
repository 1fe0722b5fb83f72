import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
// @boundaries-ignore: shared by every package's tests
import { attw, pack, publintMessages, type Tarball } from "../../../../scripts/lib/packed.ts";

let destination: string;
let tarball: Tarball;

beforeAll(async () => {
  destination = await mkdtemp(path.join(tmpdir(), "segops-local-api-"));
  tarball = await pack("apps/local-api", destination);
});

afterAll(() => rm(destination, { recursive: true, force: true }));

describe("the tarball", () => {
  test("satisfies publint", async () => {
    expect(await publintMessages("apps/local-api")).toEqual([]);
  });

  test("has types that resolve for those who import it", async () => {
    const { code, output } = await attw(tarball, "esm-only");
    expect(code, output).toBe(0);
  });

  test("holds the program, the page, and no test", () => {
    const withoutHash = tarball.files.map((file) => file.replace(/-[A-Z0-9]{8}\./, "."));
    expect(withoutHash).toEqual(
      expect.arrayContaining(["dist/cli.js", "dist/index.js", "dist/index.d.ts", "README.md"]),
    );
    expect(tarball.files.some((file) => file.endsWith("index.html"))).toBe(true);
    expect(tarball.files.filter((file) => /\.test\.|(^|\/)test\//.test(file))).toEqual([]);
  });

  test("is started by npx, which takes the program that is called like the package", async () => {
    const { bin } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    expect(bin["local-api"]).toBe(bin["segops-local"]);
    expect(tarball.files).toContain(path.posix.normalize(bin["local-api"]));
  });
});
