import { type Context, Hono } from "hono";
import type { Services } from "../app";
import { checked } from "../checked";
import { ApiError } from "../errors";
import { duplicatesPage } from "../store/duplicates";
import { sequenceReports } from "../store/sequence-report";
import { exportRoute } from "./export";
import { localScope } from "./local-access";
import { badQuery, duplicatesQuery, eventsQuery, gapsQuery, idSchema } from "./received-queries";
import { badEventView, duplicateView, eventView } from "./views";
import { waitRoute } from "./wait";

/** What the server has received, to look at, to count and to wait for. */
export function receivedRoutes(services: Services): Hono {
  const { store, database } = services;
  const routes = new Hono({ strict: false });

  routes.get("/counts", async (c) => c.json(await store.counts(localScope(c))));
  routes.get("/wait", waitRoute(services));

  routes.get("/events", async (c) => {
    const { event_type, user_id, ...range } = checked(eventsQuery, c.req.query());
    const query = { workspace: localScope(c), ...range, eventType: event_type, userId: user_id };
    const page = await store.events(query);
    return c.json({ count: page.count, results: page.results.map(eventView) });
  });
  routes.get("/events/:id", async (c) => {
    const event = await store.event(idOf(c), localScope(c));
    if (event === undefined) throw new ApiError(404, `There is no event ${c.req.param("id")}.`);
    return c.json(eventView(event));
  });

  routes.get("/bad", async (c) => {
    const page = await store.badEvents({ workspace: localScope(c), ...checked(badQuery, c.req.query()) });
    return c.json({ count: page.count, results: page.results.map(badEventView) });
  });
  routes.get("/bad/:id", async (c) => {
    const event = await store.badEvent(idOf(c), localScope(c));
    if (event === undefined) throw new ApiError(404, `There is no bad event ${c.req.param("id")}.`);
    return c.json(badEventView(event));
  });

  routes.get("/duplicates", async (c) => {
    const { limit } = checked(duplicatesQuery, c.req.query());
    const page = await duplicatesPage(database, { workspace: localScope(c), limit });
    return c.json({ count: page.count, results: page.results.map(duplicateView) });
  });
  routes.get("/gaps", async (c) => {
    const { user_id, ...query } = checked(gapsQuery, c.req.query());
    const results = await sequenceReports(database, { workspace: localScope(c), userId: user_id, ...query });
    return c.json({ results });
  });

  routes.get("/export", exportRoute(services));
  return routes;
}

function idOf(c: Context): number {
  const parsed = idSchema.safeParse(c.req.param("id"));
  if (!parsed.success) throw new ApiError(400, { id: ["An id is a whole number."] });
  return parsed.data;
}
