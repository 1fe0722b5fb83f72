import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { bodyTooLarge } from "./request-body";

/**
 * Refuses bodies of more bytes. Where the length is known beforehand the body is not touched, so that it can be read
 * in one piece later: as a stream, it would triple the time that HTTP takes for a small request.
 */
export function limitBody(maxBytes: number): MiddlewareHandler {
  const counted = bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw bodyTooLarge(maxBytes);
    },
  });
  return (c, next) => {
    const length = c.req.header("Content-Length");
    if (length === undefined || c.req.header("Transfer-Encoding") !== undefined) return counted(c, next);
    if (Number(length) > maxBytes) throw bodyTooLarge(maxBytes);
    return next();
  };
}
