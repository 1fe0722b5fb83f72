import type { MiddlewareHandler } from "hono";
import { ApiError } from "./errors";
import { DEFAULT_SECRET_KEY, keyKind } from "./keys";
import { isLoopbackHost, isLoopbackOrigin, isOwnOrigin } from "./origins";

/** What a key that everybody knows may still do under a foreign name: a container reaches its host by one. */
const HARMLESS = "/api/ingestion/";

/**
 * Keeps the pages of others from using a secret key through a visitor's browser. A page that guessed a well-known
 * key is refused by its `Origin`; one whose name was pointed at this machine sends none, and is refused by its
 * `Host`.
 */
export function guardSecretKeys(): MiddlewareHandler {
  return async (c, next) => {
    const key = /^apikey\s+(\S+)$/i.exec(c.req.header("Authorization") ?? "")?.[1] ?? "";
    if (keyKind(key) !== "secret" && keyKind(key) !== "mcp") return next();
    const host = c.req.header("Host") ?? "";
    const origin = c.req.header("Origin");
    if (origin !== undefined && !isLoopbackOrigin(origin) && !isOwnOrigin(origin, host)) {
      throw new ApiError(
        403,
        "A secret key is for servers, and this request comes from a page. Pages use a public key (pk_…).",
      );
    }
    if (key === DEFAULT_SECRET_KEY && !isLoopbackHost(host) && !c.req.path.startsWith(HARMLESS)) {
      throw new ApiError(
        403,
        `Everybody knows the key ${DEFAULT_SECRET_KEY}, so it opens nothing under the name ${host.slice(0, 200)}. Use localhost, or start the server with a key of your own (--secret-key).`,
      );
    }
    await next();
  };
}
