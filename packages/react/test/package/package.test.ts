import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
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
  destination = await mkdtemp(path.join(tmpdir(), "segops-react-"));
  tarball = await pack("packages/react", destination);
  project = await installProject({
    tarballs: [
      await pack("packages/core", destination),
      await pack("packages/browser", destination),
      tarball,
    ],
    linked: ["react", "react-dom"].map((name) => ({ name, from: "packages/react" })),
  });
});

afterAll(async () => {
  await project?.remove();
  await rm(destination, { recursive: true, force: true });
});

describe("the tarball", () => {
  test("satisfies publint", async () => {
    expect(await publintMessages("packages/react")).toEqual([]);
  });

  test("has types that resolve in every way of importing it", async () => {
    const { code, output } = await attw(tarball);
    expect(code, output).toBe(0);
  });

  test("holds no test", () => {
    expect(tarball.files).toContain("dist/index.js");
    expect(tarball.files.filter((file) => /\.test|\.spec|(^|\/)test\//.test(file))).toEqual([]);
  });

  test("says in the first line of each file that it is for clients, so that server components can import it", async () => {
    const scripts = tarball.files.filter((file) => /^dist\/.*\.c?js$/.test(file));
    expect(scripts).toHaveLength(4);
    for (const file of scripts) {
      const source = await readFile(path.join(project.folder, "node_modules/@segops/react", file), "utf8");
      expect(source.split("\n")[0], file).toBe('"use client";');
    }
  });

  test("depends on SegOps alone, and leaves React to the host", async () => {
    const { dependencies, peerDependencies } = await project.manifest("@segops/react");
    expect(Object.keys(dependencies ?? {}).sort()).toEqual(["@segops/browser", "@segops/core"]);
    expect(Object.keys(peerDependencies ?? {}).sort()).toEqual(["react", "react-dom"]);
  });
});

describe("installed with npm", () => {
  const renderBoth = `
    function Page() {
      useTrack();
      return createElement("p", null, "rendered");
    }
    const page = createElement(SegOpsProvider, { apiUrl: "https://api.segops.test", apiKey: "pk_test_x" },
      createElement(Page), createElement(SegOpsInspector));
    console.log(renderToString(page));`;

  test("renders on a server from an ES module, provider and inspector sharing one context", async () => {
    const printed = await project.run(
      "consumer.mjs",
      `import { createElement } from "react";
      import { renderToString } from "react-dom/server";
      import { SegOpsProvider, useTrack } from "@segops/react";
      import { SegOpsInspector } from "@segops/react/inspector"; ${renderBoth}`,
    );
    expect(printed).toBe("<p>rendered</p>");
  });

  test("renders on a server from CommonJS, provider and inspector sharing one context", async () => {
    const printed = await project.run(
      "consumer.cjs",
      `const { createElement } = require("react");
      const { renderToString } = require("react-dom/server");
      const { SegOpsProvider, useTrack } = require("@segops/react");
      const { SegOpsInspector } = require("@segops/react/inspector"); ${renderBoth}`,
    );
    expect(printed).toBe("<p>rendered</p>");
  });

  test("leaves the inspector out of a bundle that does not import it", async () => {
    const bundleOf = async (name: string, from: string) => {
      const { outputFiles } = await build({
        stdin: { contents: `export { ${name} } from "${from}";`, resolveDir: project.folder },
        bundle: true,
        write: false,
        format: "esm",
        external: ["react", "react-dom"],
      });
      return outputFiles[0]?.text ?? "";
    };
    expect(await bundleOf("SegOpsInspector", "@segops/react/inspector")).toContain("adoptedStyleSheets");
    expect(await bundleOf("SegOpsProvider", "@segops/react")).not.toContain("adoptedStyleSheets");
  });
});
