import { Hono } from "hono";
import * as z from "zod";
import type { Services } from "../app";
import { checked } from "../checked";
import { ApiError } from "../errors";
import { readJson } from "../request-body";
import { createWorkspace } from "../stored-keys";
import { isFromHere } from "./local-access";

const MAX_BODY_BYTES = 64_000;

export const newWorkspaceSchema = z.object({
  /** @default a name that nobody else has */
  workspace: z.string().min(1).max(200).optional(),
});

/** `POST /local/workspaces`: a workspace of one's own, so that tests that run at the same time share nothing. */
export function workspaceRoutes({ database, options }: Services): Hono {
  const routes = new Hono({ strict: false });
  routes.post("/", async (c) => {
    if (!isFromHere(c, options)) {
      throw new ApiError(403, "Workspaces are made from the machine that the server runs on.");
    }
    const hasBody = (await c.req.arrayBuffer()).byteLength > 0;
    const body = hasBody ? await readJson(c, MAX_BODY_BYTES) : {};
    const name = checked(newWorkspaceSchema, body).workspace;
    const { workspace, secretKey, publicKey } = await createWorkspace(database, options.now(), name);
    return c.json({ workspace, secret_key: secretKey, public_key: publicKey }, 201);
  });
  return routes;
}
