import { build } from "esbuild";
import { chromiumMissing, inChromium } from "../chromium";
import type { Place } from "../place";
import { TYPED_WORKER } from "../story";
import { clientOptions } from "./pages";

/** What a bundler resolves with when it is told that it builds for a worker. */
const CONDITIONS = ["worker", "browser"];

/** How a page starts the worker, as JavaScript: the client's options and a port for the answer go to `target`. */
const worker = (name: string, target: string): Place => ({
  name,
  missing: chromiumMissing,
  async typecheck(consumer) {
    await consumer.write("worker.ts", TYPED_WORKER);
    return consumer.compile("worker.ts", {
      resolution: "bundler",
      conditions: CONDITIONS,
      lib: ["es2022", "webworker"],
    });
  },
  async run(consumer, connection) {
    const entry = await consumer.write("worker.ts", TYPED_WORKER);
    const options = { bundle: true, write: false, format: "esm", conditions: CONDITIONS } as const;
    const { outputFiles } = await build({ entryPoints: [entry], ...options });
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
  worker(
    "Service Worker (esbuild)",
    '(await navigator.serviceWorker.register("/worker.js", { type: "module" }), (await navigator.serviceWorker.ready).active)',
  ),
];
