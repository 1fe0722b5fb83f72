import { Hono } from "hono";
import { cors } from "hono/cors";
import type { Services } from "../app";
import { limitBody } from "../body-limit";
import { guardSecretKeys } from "../browser-guard";
import { DEFAULT_PUBLIC_KEY, DEFAULT_SECRET_KEY } from "../keys";
import { localPaths } from "../openapi/operations";
import { isLoopbackOrigin } from "../origins";
import { segmentRoutes } from "../segments/segment-routes";
import { userSegmentRoutes } from "../segments/user-segment-routes";
import { explorerRoutes } from "./explorer";
import { faultRoutes } from "./faults";
import { keyRoutes } from "./keys";
import { localAccess, localScope } from "./local-access";
import { methodNotAllowed } from "./method-not-allowed";
import { receivedRoutes } from "./received";
import { streamRoute } from "./stream";
import { userHistoryRoutes } from "./user-history";
import { workspaceRoutes } from "./workspaces";

const MAX_BODY_BYTES = 64_000;

/** What the server has received, and how it is to behave, for people and tests. Not part of the SegOps API. */
export function localRoutes(services: Services): Hono {
  const { store, feed } = services;
  const routes = new Hono({ strict: false });
  routes.use(
    cors({
      origin: (origin) => (isLoopbackOrigin(origin) ? origin : null),
      allowMethods: ["GET", "POST", "DELETE"],
    }),
  );
  routes.use(guardSecretKeys(), localAccess(services));
  routes.use(limitBody(MAX_BODY_BYTES));

  routes.get("/", (c) => c.json({ paths: localPaths() }));
  routes.get("/info", (c) => c.json({ url: services.url(), ...wellKnownKeys(services) }));
  routes.route("/", receivedRoutes(services));
  routes.get("/stream", streamRoute(services));
  routes.post("/reset", async (c) => {
    const workspace = localScope(c);
    await store.reset(workspace);
    feed.reset(workspace);
    return c.json(await store.counts(workspace));
  });
  routes.all("/reset", methodNotAllowed("POST"));
  routes.route("/faults", faultRoutes(services));
  routes.route("/workspaces", workspaceRoutes(services));
  routes.route("/keys", keyRoutes(services));
  routes.route("/users", userHistoryRoutes(services));
  // What the page shows must not fail by the faults and limits that it shows.
  routes.route("/segments", segmentRoutes(services));
  routes.route("/explorer", explorerRoutes(services));
  routes.route("/explorer", userSegmentRoutes(services));
  routes.all("*", (c) => c.json({ detail: "Not found.", paths: localPaths() }, 404));
  return routes;
}

/** The page shows a key only when it is one that everybody knows. */
function wellKnownKeys({ keys }: Services): { secret_key: string | null; public_key: string | null } {
  const ifKnown = (key: string) => (keys.findGiven(key) === undefined ? null : key);
  return { secret_key: ifKnown(DEFAULT_SECRET_KEY), public_key: ifKnown(DEFAULT_PUBLIC_KEY) };
}
