import { describe, expect, test } from "vitest";
// @boundaries-ignore: shared by every package's tests
import { packedPackage, testTarball } from "../../../../scripts/lib/packed-package.ts";

const packed = packedPackage("browser", { needs: ["core"] });

describe("the tarball", () => {
  testTarball("browser", packed, ["dist/index.js", "dist/segops.js", "dist/segops.js.map"]);

  test("depends on the engine alone", async () => {
    const { dependencies, peerDependencies } = await packed.project.manifest("@segops/browser");
    expect(Object.keys(dependencies ?? {})).toEqual(["@segops/core"]);
    expect(peerDependencies ?? {}).toEqual({});
  });
});

describe("in a project", () => {
  test("harms nothing where there is no page, as on a server that renders", async () => {
    const source = `import { SegOpsClient } from "@segops/browser";
      const options = { apiUrl: "https://api.segops.test", apiKey: "pk_test", autoPageViews: true };
      const client = new SegOpsClient({ ...options, onError: ({ code }) => console.log(code) });
      client.track({ eventType: "cart_opened" });
      console.log(JSON.stringify(await client.shutdown()));`;
    expect(await packed.project.run("consumer.mjs", source)).toBe(
      'invalid_event\n{"delivered":0,"refused":0,"pending":0}',
    );
  });

  test("runs from CommonJS", async () => {
    const source = `const { SegOpsClient } = require("@segops/browser"); console.log(typeof SegOpsClient);`;
    expect(await packed.project.run("consumer.cjs", source)).toBe("function");
  });
});
