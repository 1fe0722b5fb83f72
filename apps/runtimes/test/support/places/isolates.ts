import { build } from "esbuild";
import { Miniflare } from "miniflare";
import type { Place } from "../place";
import { environmentOf, STORY_EVENTS, TYPED_ISOLATE } from "../story";

/** As wrangler does it. */
export const CONDITIONS = ["workerd", "worker", "browser"];

export const workerd: Place = {
  name: "workerd (miniflare 4)",
  async typecheck(consumer) {
    await consumer.write("workerd/worker.ts", TYPED_ISOLATE);
    return consumer.compile("workerd/worker.ts", {
      resolution: "bundler",
      conditions: CONDITIONS,
      lib: ["es2022", "webworker"],
    });
  },
  async run(consumer, connection) {
    const { outputFiles } = await build({
      entryPoints: [await consumer.write("workerd/worker.ts", TYPED_ISOLATE)],
      bundle: true,
      write: false,
      format: "esm",
      conditions: CONDITIONS,
    });
    const isolate = new Miniflare({
      modules: true,
      script: outputFiles[0]?.text ?? "",
      compatibilityDate: "2026-04-01",
      bindings: environmentOf(connection),
      cf: false,
    });
    try {
      for (const event of STORY_EVENTS) {
        const answer = await isolate.dispatchFetch(`http://worker.test/${event}`);
        if ((await answer.text()) !== event) throw new Error(`answered ${answer.status}`);
      }
      // waitUntil() goes on after the answer: the isolate may not be ended under it.
      await connection.allArrived();
    } finally {
      await isolate.dispose();
    }
  },
};
