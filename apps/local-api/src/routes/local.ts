import { Hono } from "hono";
import { cors } from "hono/cors";
import * as z from "zod";
import type { Services } from "../app";
import { ApiError } from "../errors";
import { fieldErrors } from "../event-validation";
import { DEFAULT_PUBLIC_KEY, DEFAULT_SECRET_KEY } from "../keys";
import { isLoopbackOrigin } from "../origins";
import { faultRoutes } from "./faults";
import { localAccess, localScope } from "./local-access";
import { methodNotAllowed } from "./method-not-allowed";
import { streamRoute } from "./stream";
import { badEventView, eventView } from "./views";

const PATHS = [
  "GET /local/info",
  "GET /local/counts",
  "GET /local/events?limit&after&before&event_type&user_id",
  "GET /local/events/<id>",
  "GET /local/bad?limit&after&before",
  "GET /local/bad/<id>",
  "GET /local/stream",
  "POST /local/reset",
  "GET /local/faults",
  "POST /local/faults",
  "DELETE /local/faults",
  "DELETE /local/faults/<id>",
];

const id = z.coerce.number().int().nonnegative();
const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: id.optional(),
  before: id.optional(),
  event_type: z.string().optional(),
  user_id: z.string().optional(),
});

/** What the server has received, for people and tests. Not part of the SegOps API. */
export function localRoutes(services: Services): Hono {
  const { store, feed, options } = services;
  const routes = new Hono({ strict: false });
  routes.use(
    cors({
      origin: (origin) => (isLoopbackOrigin(origin) ? origin : null),
      allowMethods: ["GET", "POST", "DELETE"],
    }),
  );
  routes.use(localAccess(services));

  routes.get("/", (c) => c.json({ paths: PATHS }));
  routes.get("/info", (c) => c.json({ url: services.url(), ...wellKnownKeys(services) }));
  routes.get("/counts", async (c) => c.json(await store.counts(localScope(c))));

  routes.get("/events", async (c) => {
    const page = await store.events({ workspace: localScope(c), ...readQuery(c.req.query()) });
    return c.json({ count: page.count, results: page.results.map(eventView) });
  });
  routes.get("/events/:id", async (c) => {
    const event = await store.event(readId(c.req.param("id")), localScope(c));
    if (event === undefined) throw new ApiError(404, `There is no event ${c.req.param("id")}.`);
    return c.json(eventView(event));
  });
  routes.get("/bad", async (c) => {
    const page = await store.badEvents({ workspace: localScope(c), ...readQuery(c.req.query()) });
    return c.json({ count: page.count, results: page.results.map(badEventView) });
  });
  routes.get("/bad/:id", async (c) => {
    const event = await store.badEvent(readId(c.req.param("id")), localScope(c));
    if (event === undefined) throw new ApiError(404, `There is no bad event ${c.req.param("id")}.`);
    return c.json(badEventView(event));
  });

  routes.post("/reset", async (c) => {
    await store.reset(localScope(c));
    feed.reset();
    return c.json(await store.counts(localScope(c)));
  });
  routes.all("/reset", methodNotAllowed("POST"));
  routes.route("/faults", faultRoutes(services));
  routes.get("/stream", streamRoute(store, feed, options.logError));
  routes.all("*", (c) => c.json({ detail: "Not found.", paths: PATHS }, 404));
  return routes;
}

/** The page shows a key only when it is one that everybody knows. */
function wellKnownKeys({ keys }: Services): { secret_key: string | null; public_key: string | null } {
  const ifKnown = (key: string) => (keys.findGiven(key) === undefined ? null : key);
  return { secret_key: ifKnown(DEFAULT_SECRET_KEY), public_key: ifKnown(DEFAULT_PUBLIC_KEY) };
}

function readQuery(received: Record<string, string>) {
  const query = listQuery.safeParse(received);
  if (!query.success) throw new ApiError(400, fieldErrors(query.error.issues));
  const { event_type, user_id, ...range } = query.data;
  return { ...range, eventType: event_type, userId: user_id };
}

function readId(received: string): number {
  const parsed = id.safeParse(received);
  if (!parsed.success) throw new ApiError(400, { id: ["An id is a whole number."] });
  return parsed.data;
}
