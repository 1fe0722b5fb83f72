import vm from "node:vm";
import { build } from "esbuild";
import { expect, it } from "vitest";

it("runs where there is nothing but ECMAScript", async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { createClient } from "./src/index.ts";
        import { createTestRuntime } from "./src/testing/index.ts";
        globalThis.result = (async () => {
          const runtime = createTestRuntime();
          runtime.transport.reply(503, 400);
          const client = createClient({ apiUrl: "https://api.segops.test", apiKey: "sk_test_key" }, runtime);
          for (let i = 0; i < 30; i++) client.track({ userId: "ü", eventType: "a", payload: { i, big: 1n } });
          const done = client.shutdown();
          await runtime.clock.advance(5000);
          return JSON.stringify([await done, Object.keys(globalThis)]);
        })();`,
      resolveDir: new URL("..", import.meta.url).pathname,
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2020",
  });
  const realm = vm.createContext({});
  vm.runInContext(outputFiles[0]?.text ?? "", realm);
  const [report, globals] = JSON.parse(await realm.result);
  expect(report).toEqual({ delivered: 30, refused: 0, pending: 0 });
  expect(globals).toEqual(["result"]);
});
