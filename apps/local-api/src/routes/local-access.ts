import type { Context, MiddlewareHandler } from "hono";
import type { Services } from "../app";
import { authenticateSender } from "../credentials";
import { ApiError } from "../errors";
import { isLoopbackHost, isLoopbackOrigin, isOwnOrigin } from "../origins";
import type { Scope } from "../store/event-records";

const WORKSPACE = "localWorkspace";

/**
 * Who may read what the server has received: this machine alone. A page from elsewhere is refused by its
 * `Origin`, a name that was pointed at this machine by its `Host`. From outside it takes a secret key. A key,
 * wherever it comes from, opens its own workspace and no other.
 */
export function localAccess({ options, keys, tokens }: Services): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header("Origin");
    const isOwn = origin !== undefined && isOwnOrigin(origin, c.req.header("Host") ?? "");
    if (origin !== undefined && !isLoopbackOrigin(origin) && !isOwn) {
      throw new ApiError(403, "Only pages served from this machine, or by this server, may read /local.");
    }
    const authorization = c.req.header("Authorization");
    if (!isFromHere(c, options) || authorization !== undefined) {
      const sender = await authenticateSender(authorization, keys, tokens);
      if (sender.keyKind !== "secret") {
        throw new ApiError(403, "/local takes a secret key: Authorization: ApiKey sk_….");
      }
      c.set(WORKSPACE, sender.workspace);
    }
    await next();
  };
}

/** Whether a request came to a name of this machine, at a server that only this machine can reach. */
export function isFromHere(c: Context, { host }: { host: string }): boolean {
  return isLoopbackHost(host) && isLoopbackHost(c.req.header("Host") ?? "");
}

/** The one workspace that the caller may see and change, or undefined for all. */
export function localScope(c: Context): Scope {
  return c.get(WORKSPACE) as Scope;
}
