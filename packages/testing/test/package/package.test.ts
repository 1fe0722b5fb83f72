import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, expect, test } from "vitest";
// @boundaries-ignore: shared by every package's tests
import { packedPackage, testTarball } from "../../../../scripts/lib/packed-package.ts";

const PEERS = ["@jest/globals", "expect", "msw", "vitest"];

const packed = packedPackage("testing", { needs: ["core"] });

describe("the tarball", () => {
  testTarball("testing", packed);

  test("depends on the engine alone: test runners and MSW are there or not", async () => {
    const { dependencies, peerDependencies, peerDependenciesMeta } =
      await packed.project.manifest("@segops/testing");
    expect(Object.keys(dependencies ?? {})).toEqual(["@segops/core"]);
    expect(Object.keys(peerDependencies ?? {}).sort()).toEqual(PEERS);
    expect(peerDependenciesMeta).toEqual(Object.fromEntries(PEERS.map((name) => [name, { optional: true }])));
  });
});

describe("in a project with neither a test runner nor MSW", () => {
  const used = `const client = createRecordingClient();
    client.track({ userId: "ada", eventType: "signed_up" });
    console.log(client.events().length, segopsMatchers.toHaveTracked(client, "signed_up").pass);`;

  test("the recording client runs from an ES module", async () => {
    const source = `import { createRecordingClient, segopsMatchers } from "@segops/testing"; ${used}`;
    expect(await packed.project.run("consumer.mjs", source)).toBe("1 true");
  });

  test("the recording client runs from CommonJS", async () => {
    const source = `const { createRecordingClient, segopsMatchers } = require("@segops/testing"); ${used}`;
    expect(await packed.project.run("consumer.cjs", source)).toBe("1 true");
  });

  test("startLocalApi() says what it needs", async () => {
    const source = `import("@segops/testing/local-api")
      .then(({ startLocalApi }) => startLocalApi())
      .catch((error) => console.log(error.message));`;
    expect(await packed.project.run("consumer.cjs", source)).toBe(
      "startLocalApi() needs @segops/local-api: npm install --save-dev @segops/local-api",
    );
  });

  test.each(["node16", "bundler"] as const)(
    "type-checks without DOM and Node types, %s",
    async (resolution) => {
      const source = `import { createRecordingClient } from "@segops/testing";
      export { startLocalApi } from "@segops/testing/local-api";
      export const client = createRecordingClient();
      client.eventsOf("signed_up")[0]?.payload.plan;`;
      expect(await packed.project.typecheck(source, { resolution })).toBe("");
    },
  );
});

describe("in Jest", () => {
  const require = createRequire(import.meta.url);

  const runJest = async (source: string, config: object): Promise<string> => {
    await writeFile(path.join(packed.project.folder, "shop.test.js"), source);
    const cli = path.join(path.dirname(require.resolve("jest/package.json")), "bin", "jest.js");
    const settings = JSON.stringify({ testEnvironment: "node", transform: {}, ...config });
    const args = [
      cli,
      "--rootDir",
      packed.project.folder,
      "--config",
      settings,
      "--runInBand",
      "--no-watchman",
    ];
    return new Promise((resolve) => {
      const env = { ...process.env, NODE_OPTIONS: "" };
      execFile(
        process.execPath,
        args,
        { cwd: packed.project.folder, env, timeout: 100_000 },
        (_, stdout, stderr) => resolve(stdout + stderr),
      );
    });
  };

  const story = `const { createRecordingClient } = require("@segops/testing");
    test("an order is tracked", () => {
      const segops = createRecordingClient();
      segops.track({ userId: "ada", eventType: "order_placed", payload: { total: 42 } });
      expect(segops).toHaveTracked("order_placed", { total: expect.any(Number) });
      expect(segops).not.toHaveIdentified("ada");
      expect(() => expect(segops).toHaveTracked("order_placed", { total: 1 })).toThrow("by ada");
    });`;

  test("the matchers are in the global expect, named in setupFilesAfterEnv", async () => {
    const output = await runJest(story, { setupFilesAfterEnv: ["@segops/testing/jest"] });
    expect(output).toMatch(/Tests: +1 passed, 1 total/);
  });

  test("the matchers are in the expect of @jest/globals", async () => {
    const source = `const { expect, test } = require("@jest/globals");
      require("@segops/testing/jest-globals");
      ${story}`;
    expect(await runJest(source, {})).toMatch(/Tests: +1 passed, 1 total/);
  });
});
