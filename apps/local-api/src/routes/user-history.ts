import { Hono } from "hono";
import type { Services } from "../app";
import { checked } from "../checked";
import { ApiError } from "../errors";
import { fromCursor, isId, toCursor } from "../explorer/cursor";
import { canonicalUserId, idsOfUser } from "../explorer/identity";
import { timeline } from "../explorer/timeline";
import { timelineQuery } from "./explorer-queries";
import { localScope } from "./local-access";

/** `/local/users/<user_id>/history`: what a user did under which of their ids. Takes the key of a workspace. */
export function userHistoryRoutes({ database }: Services): Hono {
  const routes = new Hono({ strict: false });
  routes.get("/:user_id/history", async (c) => {
    const workspace = localScope(c);
    if (workspace === undefined) throw new ApiError(401, "Say whose user: Authorization: ApiKey sk_….");
    const { event_type, limit, cursor } = checked(timelineQuery, c.req.query());
    const after = cursor === undefined ? undefined : fromCursor(cursor, isId);
    const userId = await canonicalUserId(database, workspace, c.req.param("user_id"));
    const [, ...aliases] = await idsOfUser(database, workspace, userId);
    const query = { workspace, userId, eventType: event_type, limit: limit + 1, after };
    const found = await timeline(database, query);
    const results = found.results.slice(0, limit);
    const last = found.results.length > limit ? results.at(-1) : undefined;
    return c.json({
      user_id: userId,
      aliases,
      count: found.count,
      results: results.map(({ occurred_at, payload, ...event }) => ({
        ...event,
        occurred_at: occurred_at.toISOString(),
        payload: JSON.parse(payload) as unknown,
      })),
      next_cursor: last === undefined ? null : toCursor({ at: last.occurred_at, tie: last.id }),
    });
  });
  return routes;
}
