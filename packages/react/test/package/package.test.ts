import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
// @boundaries-ignore: shared by every package's tests
import { packedPackage, testTarball } from "../../../../scripts/lib/packed-package.ts";

const packed = packedPackage("react", {
  needs: ["core", "browser"],
  linked: ["react", "react-dom"].map((name) => ({ name, from: "packages/react" })),
});

describe("the tarball", () => {
  testTarball("react", packed);

  test("says in the first line of each file that it is for clients, so that server components can import it", async () => {
    const scripts = packed.tarball.files.filter((file) => /^dist\/.*\.c?js$/.test(file));
    expect(scripts).toHaveLength(4);
    for (const file of scripts) {
      const source = await readFile(
        path.join(packed.project.folder, "node_modules/@segops/react", file),
        "utf8",
      );
      expect(source.split("\n")[0], file).toBe('"use client";');
    }
  });

  test("depends on SegOps alone, and leaves React to the host", async () => {
    const { dependencies, peerDependencies } = await packed.project.manifest("@segops/react");
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
    const printed = await packed.project.run(
      "consumer.mjs",
      `import { createElement } from "react";
      import { renderToString } from "react-dom/server";
      import { SegOpsProvider, useTrack } from "@segops/react";
      import { SegOpsInspector } from "@segops/react/inspector"; ${renderBoth}`,
    );
    expect(printed).toBe("<p>rendered</p>");
  });

  test("renders on a server from CommonJS, provider and inspector sharing one context", async () => {
    const printed = await packed.project.run(
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
        stdin: { contents: `export { ${name} } from "${from}";`, resolveDir: packed.project.folder },
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
