import { build } from "esbuild";
import { chromiumMissing, inChromium } from "../chromium";
import type { Place } from "../place";
import { TYPED_WORKER } from "../story";
import { clientOptions } from "./pages";

/** What a bundler resolves with when it is told that it builds for a worker. */
const TOLD = { entry: "worker.ts", source: TYPED_WORKER, conditions: ["worker", "browser"] };
/** One that is not: the program names the client. */
const UNTOLD = {
  entry: "named-worker.ts",
  source: TYPED_WORKER.replace("@segops/sdk", "@segops/sdk/edge"),
  conditions: ["browser"],
};

/** One whose bundler took it for a page. */
const TAKEN_FOR_A_PAGE = { entry: "page-worker.ts", source: TYPED_WORKER, conditions: ["browser"] };

/** How a page starts the worker, as JavaScript: the client's options and a port for the answer go to `target`. */
const worker = (name: string, target: string, { entry, source, conditions } = TOLD): Place => ({
  name,
  missing: chromiumMissing,
  async typecheck(consumer) {
    await consumer.write(entry, source);
    return consumer.compile(entry, {
      resolution: "bundler",
      conditions,
      lib: ["es2022", "webworker"],
    });
  },
  async run(consumer, connection) {
    const options = { bundle: true, write: false, format: "esm", conditions } as const;
    const { outputFiles } = await build({ entryPoints: [await consumer.write(entry, source)], ...options });
    await inChromium({ "/worker.js": outputFiles[0]?.text ?? "" }, async (tab) => {
      await tab.evaluate(`(async () => {
        const target = ${target};
        const { port1, port2 } = new MessageChannel();
        target.postMessage(${clientOptions(connection)}, [port2]);
        await new Promise((resolve) => { port1.onmessage = resolve; });
      })()`);
    });
  },
});

export const workers: readonly Place[] = [
  worker("Web Worker (esbuild)", 'new Worker("/worker.js", { type: "module" })'),
  worker("Web Worker, /edge by name", 'new Worker("/worker.js", { type: "module" })', UNTOLD),
  worker("Web Worker, taken for a page", 'new Worker("/worker.js", { type: "module" })', TAKEN_FOR_A_PAGE),
  worker(
    "Service Worker (esbuild)",
    '(await navigator.serviceWorker.register("/worker.js", { type: "module" }), (await navigator.serviceWorker.ready).active)',
  ),
];
