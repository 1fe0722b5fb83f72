import { Hono } from "hono";
import type { Services } from "../app";
import { DEFAULT_KEYS } from "../keys";
import { localScope } from "./local-access";

/** `/local/keys`: what each key of the start may do. A key itself is told only when everybody knows it. */
export function keyRoutes({ keys }: Services): Hono {
  const routes = new Hono({ strict: false });
  routes.get("/", (c) => {
    const scope = localScope(c);
    const wellKnown = DEFAULT_KEYS.map(({ key }) => ({ key, registered: keys.findGiven(key) }));
    const results = keys.given
      .filter(({ workspace }) => scope === undefined || workspace === scope)
      .map((registered) => ({
        kind: registered.kind,
        workspace: registered.workspace,
        key: wellKnown.find((known) => known.registered === registered)?.key ?? null,
        allowed_origins: registered.allowedOrigins,
        allow_missing_origin: registered.allowMissingOrigin,
        require_signed_user_id: registered.requireSignedUserId,
      }));
    return c.json({ results });
  });
  return routes;
}
