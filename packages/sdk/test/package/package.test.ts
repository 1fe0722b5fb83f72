import { describe, expect, test } from "vitest";
// @boundaries-ignore: shared by every package's tests
import { packedPackage, testTarball } from "../../../../scripts/lib/packed-package.ts";

const packed = packedPackage("sdk", {
  needs: ["core", "node", "browser", "react"],
  vendored: [{ name: "undici", from: "packages/node" }],
  linked: [{ name: "@types/node", from: "packages/sdk" }],
});

describe("the tarball", () => {
  testTarball("sdk", packed, ["dist/node.js.map"]);

  test("depends on the packages it picks from alone", async () => {
    const { dependencies, peerDependenciesMeta } = await packed.project.manifest("@segops/sdk");
    expect(Object.keys(dependencies ?? {}).sort()).toEqual([
      "@segops/browser",
      "@segops/core",
      "@segops/node",
      "@segops/react",
    ]);
    expect(peerDependenciesMeta).toEqual({ react: { optional: true } });
  });
});

describe("installed with npm on a server", () => {
  test("brings undici, and no React", async () => {
    const source = `import { readdirSync } from "node:fs";
      const names = readdirSync("node_modules").filter((name) => !/^[.@]/.test(name));
      console.log(names.join(" "));`;
    expect(await packed.project.run("list.mjs", source)).toBe("undici");
  });

  test.each(["node16", "bundler"] as const)("type-checks, %s", async (resolution) => {
    const consumer = `import { ConfigurationError, SegOpsClient } from "@segops/sdk";
      import { SegOpsClient as EdgeClient } from "@segops/sdk/edge";
      import { signUserId, type SignedUserId } from "@segops/sdk/server";
      export const edge = (apiKey: string) => new EdgeClient({ apiUrl: "https://api.segops.test", apiKey });
      export async function main(): Promise<SignedUserId> {
        const client = new SegOpsClient({ apiUrl: "http://127.0.0.1:1", apiKey: "sk_test_x" });
        client.track({ userId: "u1", eventType: "signed_up", payload: { plan: "pro" } });
        client.trackPageView();
        // @ts-expect-error: an event has a type
        client.track({ userId: "u1" });
        await client.shutdown();
        return signUserId("00", "u1");
      }
      export const isOurs = (error: unknown) => error instanceof ConfigurationError && error.option === "apiUrl";`;
    expect(await packed.project.typecheck(consumer, { resolution, types: ["node"] })).toBe("");
  });
});

describe("imported and required in one process", () => {
  const both = (test: string) => `import { createRequire } from "node:module";
    import * as imported from "@segops/sdk";
    import * as edge from "@segops/node/edge";
    const required = createRequire(import.meta.url)("@segops/sdk");
    const options = { apiUrl: "http://127.0.0.1:1", apiKey: "sk_test_x", strict: true };
    const caught = (act) => { try { act(); } catch (error) { return error; } };
    ${test}`;

  test("an error is an instance of its class, whichever module threw it", async () => {
    const source = both(`
      for (const [from, of] of [[imported, required], [required, imported], [edge, required]]) {
        const wrong = caught(() => new from.SegOpsClient({ ...options, apiUrl: "nowhere" }));
        const invalid = caught(() => new from.SegOpsClient(options).track({ userId: "ada" }));
        console.log(wrong instanceof of.ConfigurationError, invalid instanceof of.InvalidEventError,
          invalid instanceof of.SegOpsError, invalid instanceof of.ConfigurationError, invalid.code);
      }`);
    const each = "true true true false invalid_event";
    expect(await packed.project.run("errors.mjs", source)).toBe([each, each, each].join("\n"));
  });

  test("a catalogue serves clients of both", async () => {
    const source = both(`
      const order = { "~standard": { version: 1, vendor: "test",
        validate: (value) => (value?.total > 0 ? { value } : { issues: [{ message: "a total above 0" }] }) } };
      for (const [from, to] of [[imported, required], [required, imported]]) {
        const events = from.defineEvents({ order_placed: order });
        const client = new to.SegOpsClient({ ...options, exitFlush: false, events });
        client.track({ userId: "ada", eventType: "order_placed", payload: { total: 42 } });
        const error = caught(() => client.track({ userId: "ada", eventType: "order_placed", payload: {} }));
        console.log(client.totals.accepted, error instanceof from.InvalidEventError);
        void client.shutdown({ timeoutMs: 0 });
      }`);
    expect(await packed.project.run("catalogues.mjs", source)).toMatch(/1 true\n.*1 true/s);
  });
});
