import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { Activity } from "./activity";

/** The shortest time between two messages, in milliseconds. */
const MESSAGE_INTERVAL_MS = 100;

/** What the shop's client has sent: at once at `/activity`, as it happens at `/activity/stream`. */
export function activityRoutes(activity: Activity, closing: AbortSignal): Hono {
  const routes = new Hono();
  routes.get("/activity", (c) => c.json(activity.snapshot()));
  routes.get("/activity/stream", (c) =>
    streamSSE(c, async (stream) => {
      const left = new AbortController();
      stream.onAbort(() => left.abort());
      const ended = AbortSignal.any([left.signal, closing]);
      while (!ended.aborted) {
        const { version } = activity;
        await stream.writeSSE({ data: JSON.stringify(activity.snapshot()), retry: 1000 });
        await stream.sleep(MESSAGE_INTERVAL_MS);
        await activity.changedSince(version, ended).catch(() => {});
      }
    }),
  );
  return routes;
}
