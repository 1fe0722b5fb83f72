import type { Handler } from "hono";
import { version } from "../../package.json";
import type { Services } from "../app";
import { openApiDocument } from "../openapi/document";

/** `GET /openapi.json`: the calls this server answers. It tells nothing of what is stored. */
export function openApiRoute({ url }: Services): Handler {
  let document: ReturnType<typeof openApiDocument> | undefined;
  return (c) => {
    document ??= openApiDocument(url(), version);
    return c.json(document);
  };
}
