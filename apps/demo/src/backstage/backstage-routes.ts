import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import * as z from "zod";
import type { BackendProcess } from "../backend/backend-process";
import type { ServerProcess } from "../segops-server/server-process";
import { readForm } from "../shop/read-form";
import { BREAKAGES, breakServer, mendServer } from "./breakages";
import { standingsOf } from "./segments";
import type { SegOpsApi } from "./segops-api";

const MAX_BODY_BYTES = 2_000;
const VISITS = 40;
const TRAIL_LENGTH = 30;

const breakSchema = z.object({ what: z.enum([...BREAKAGES, "kill", "kill-backend"]) });
const nothingSchema = z.object({});

export interface BackstageOptions {
  readonly api: SegOpsApi;
  readonly server: Pick<ServerProcess, "kill" | "restart" | "state">;
  readonly backend: Pick<BackendProcess, "kill" | "restart" | "state" | "tell">;
  /** Has the warehouse's client try again at once. */
  readonly flushWarehouse: () => void;
}

/** What the page's panel does to the server and the backend, and what it asks of the server. */
export function backstageRoutes(options: BackstageOptions): Hono {
  const { api, server, backend, flushWarehouse } = options;
  const routes = new Hono();
  routes.use(bodyLimit({ maxSize: MAX_BODY_BYTES }));
  routes.onError((_, c) => c.json({ detail: "The SegOps server does not answer." }, 502));

  const states = () => ({ server: server.state, backend: backend.state });
  const action = (path: string, act: () => void | Promise<void>) =>
    routes.post(path, async (c) => {
      const form = await readForm(c, nothingSchema);
      if (form instanceof Response) return form;
      await act();
      return c.json(states());
    });

  routes.post("/backstage/break", async (c) => {
    const form = await readForm(c, breakSchema);
    if (form instanceof Response) return form;
    if (form.what === "kill") await server.kill();
    else if (form.what === "kill-backend") await backend.kill();
    else await breakServer(api, form.what);
    return c.json(states());
  });
  action("/backstage/mend", async () => {
    if (server.state === "down") await server.restart();
    else await mendServer(api);
    await backend.restart();
    backend.tell({ type: "flush" });
    flushWarehouse();
  });
  action("/backstage/visitors", () => backend.tell({ type: "visits", count: VISITS }));
  action("/backstage/bad-event", () => backend.tell({ type: "bad-event" }));

  routes.get("/backstage/segments", async (c) => c.json(await standingsOf(api, userOf(c))));
  routes.get("/backstage/trail", async (c) => {
    const path = `/users/${encodeURIComponent(userOf(c))}/history?limit=${TRAIL_LENGTH}`;
    return c.json(await api.get<object>(path));
  });
  return routes;
}

function userOf(c: Context): string {
  return c.req.query("user_id") ?? "";
}
