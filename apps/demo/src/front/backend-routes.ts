import { Hono } from "hono";
import { proxy } from "hono/proxy";
import type { BackendProcess } from "../backend/backend-process";

/** Passes on to the shop's backend whatever nobody has answered before. Says so where it is not there. */
export function backendRoutes(backend: Pick<BackendProcess, "state" | "url">): Hono {
  const routes = new Hono();
  routes.onError((_, c) => c.json({ detail: "The shop's backend was killed. Mend it, and try again." }, 502));
  routes.all("*", (c) => {
    if (backend.state !== "running") throw new Error("There is no backend");
    const { pathname, search } = new URL(c.req.url);
    // Whoever leaves cancels the answer's body; a signal beside it would be told as an error.
    return proxy(`${backend.url}${pathname}${search}`, { ...c.req, headers: c.req.header(), signal: null });
  });
  return routes;
}
