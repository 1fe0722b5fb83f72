import { type Context, Hono } from "hono";
import type { Services } from "../app";
import { checked } from "../checked";
import { authenticateReader } from "../credentials";
import { ApiError } from "../errors";
import { fromCursor, isId, isText, toCursor } from "../explorer/cursor";
import { timeline } from "../explorer/timeline";
import { userProfile } from "../explorer/user-profile";
import { findUsers, type UserSummary } from "../explorer/users";
import { timelineQuery, usersQuery } from "./explorer-queries";
import { methodNotAllowed } from "./method-not-allowed";

/** `/api/explorer/users/`: who sent events, what is known of them, and what they did. */
export function explorerRoutes({ database, keys }: Services): Hono {
  const routes = new Hono({ strict: false });
  const workspaceFor = async (c: Context) =>
    (await authenticateReader(c.req.header("Authorization"), keys)).workspace;

  routes.get("/users", async (c) => {
    const workspace = await workspaceFor(c);
    const { q, limit, cursor } = checked(usersQuery, c.req.query());
    const after = cursor === undefined ? undefined : fromCursor(cursor, isText);
    const found = await findUsers(database, { workspace, q, limit: limit + 1, after });
    const results = found.results.slice(0, limit);
    const last = found.results.length > limit ? results.at(-1) : undefined;
    return c.json({
      count: found.count,
      results: results.map(summaryView),
      next_cursor: last === undefined ? null : toCursor({ at: last.last_seen, tie: last.user_id }),
    });
  });
  routes.all("/users", methodNotAllowed("GET"));

  routes.get("/users/:user_id", async (c) => {
    const userId = c.req.param("user_id");
    const profile = await userProfile(database, await workspaceFor(c), userId);
    if (profile === undefined) {
      throw new ApiError(404, `There is no user ${userId.slice(0, 200)}: no event of theirs is stored.`);
    }
    const { event_type_count, properties } = profile;
    return c.json({ ...summaryView(profile), event_type_count, properties });
  });
  routes.all("/users/:user_id", methodNotAllowed("GET"));

  routes.get("/users/:user_id/events", async (c) => {
    const workspace = await workspaceFor(c);
    const { event_type, limit, cursor } = checked(timelineQuery, c.req.query());
    const after = cursor === undefined ? undefined : fromCursor(cursor, isId);
    const userId = c.req.param("user_id");
    const found = await timeline(database, {
      workspace,
      userId,
      eventType: event_type,
      limit: limit + 1,
      after,
    });
    const results = found.results.slice(0, limit);
    const last = found.results.length > limit ? results.at(-1) : undefined;
    return c.json({
      count: found.count,
      results: results.map(({ event_type, occurred_at, payload }) => ({
        event_type,
        occurred_at: occurred_at.toISOString(),
        payload: JSON.parse(payload) as unknown,
      })),
      next_cursor: last === undefined ? null : toCursor({ at: last.occurred_at, tie: last.id }),
    });
  });
  routes.all("/users/:user_id/events", methodNotAllowed("GET"));
  return routes;
}

function summaryView({ user_id, event_count, first_seen, last_seen }: UserSummary) {
  return {
    user_id,
    event_count,
    first_seen: first_seen.toISOString(),
    last_seen: last_seen.toISOString(),
  };
}
