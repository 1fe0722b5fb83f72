import type { MiddlewareHandler } from "hono";
import type { Services } from "../app";
import { authenticateSender } from "../credentials";
import { ApiError } from "../errors";
import { isLoopbackHost, isLoopbackOrigin } from "../origins";

/**
 * Who may read what the server has received: this machine alone. A page from elsewhere is refused by its
 * `Origin`, a name that was pointed at this machine by its `Host`. From outside it takes a secret key.
 */
export function localAccess({ options, keys, tokens }: Services): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header("Origin");
    if (origin !== undefined && !isLoopbackOrigin(origin)) {
      throw new ApiError(403, "Only pages served from this machine may read /local.");
    }
    if (!isLoopbackHost(options.host) || !isLoopbackHost(c.req.header("Host") ?? "")) {
      const sender = await authenticateSender(c.req.header("Authorization"), keys, tokens);
      if (sender.keyKind !== "secret") {
        throw new ApiError(
          403,
          "From outside this machine, /local takes a secret key: Authorization: ApiKey sk_….",
        );
      }
    }
    await next();
  };
}
