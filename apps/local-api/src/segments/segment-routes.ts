import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Services } from "../app";
import { bodyTooLarge } from "../request-body";
import { methodNotAllowed } from "../routes/method-not-allowed";
import { preview } from "./evaluation";
import { LIMITS } from "./limits";
import { membersPage } from "./members";
import { definitionsOf } from "./references";
import { definitionVersions, listSegments } from "./segment-registry";
import {
  cursorAfter,
  readChanges,
  readersWorkspace,
  readMemberQuery,
  readNewSegment,
  readPreview,
  readUserId,
  writersWorkspace,
} from "./segment-requests";
import { segmentView, versionView } from "./segment-views";
import { Segments } from "./segments";

/** `/api/segments/`: definitions, who matches them, and who is in them. */
export function segmentRoutes(services: Services): Hono {
  const { database, segments: live, options } = services;
  const routes = new Hono({ strict: false });
  routes.use(
    bodyLimit({
      maxSize: LIMITS.bodyBytes,
      onError: () => {
        throw bodyTooLarge(LIMITS.bodyBytes);
      },
    }),
  );
  const segmentsOf = (workspace: string) => new Segments(database, live, workspace, options.now);
  const forReader = async (c: Context) => segmentsOf(await readersWorkspace(c, services));
  const forWriter = async (c: Context) => segmentsOf(await writersWorkspace(c, services));
  const idOf = (c: Context) => c.req.param("id") ?? "";

  routes.get("/", async (c) => {
    const results = (await (await forReader(c)).list()).map(segmentView);
    return c.json({ count: results.length, results });
  });
  routes.post("/", async (c) => {
    const segments = await forWriter(c);
    return c.json(segmentView(await segments.create(await readNewSegment(c))), 201);
  });
  routes.all("/", methodNotAllowed("GET, POST"));

  routes.post("/preview", async (c) => {
    const workspace = await readersWorkspace(c, services);
    const { definition, limit } = await readPreview(c);
    const definitions = definitionsOf(await listSegments(database, workspace));
    const evaluation = { database, workspace, definition, definitions, now: options.now() };
    const { matchedUsers, sampleUserIds, sql } = await preview(evaluation, limit);
    return c.json({ matched_users: matchedUsers, sample_user_ids: sampleUserIds, sql });
  });
  routes.all("/preview", methodNotAllowed("POST"));

  routes.get("/membership", async (c) => {
    const segments = await forReader(c);
    const results = (await segments.ofUser(readUserId(c))).map(segmentView);
    return c.json({ count: results.length, results });
  });
  routes.all("/membership", methodNotAllowed("GET"));

  routes.get("/:id", async (c) => c.json(segmentView(await (await forReader(c)).get(idOf(c)))));
  routes.patch("/:id", async (c) => {
    const segments = await forWriter(c);
    return c.json(segmentView(await segments.update(idOf(c), await readChanges(c))));
  });
  routes.delete("/:id", async (c) => {
    await (await forWriter(c)).delete(idOf(c));
    return c.body(null, 204);
  });
  routes.all("/:id", methodNotAllowed("GET, PATCH, DELETE"));

  routes.post("/:id/compute", async (c) => c.json(segmentView(await (await forWriter(c)).compute(idOf(c)))));
  routes.all("/:id/compute", methodNotAllowed("POST"));

  routes.get("/:id/members", async (c) => {
    const { limit, after } = readMemberQuery(c);
    const segment = await (await forReader(c)).get(idOf(c));
    const found = await membersPage(database, segment, { after, limit: limit + 1 });
    const results = found.slice(0, limit);
    const last = found.length > limit ? results.at(-1) : undefined;
    const next_cursor = last === undefined ? null : cursorAfter(last);
    return c.json({ count: segment.memberCount ?? 0, results, next_cursor });
  });
  routes.all("/:id/members", methodNotAllowed("GET"));

  routes.get("/:id/versions", async (c) => {
    const { id } = await (await forReader(c)).find(idOf(c));
    const results = (await definitionVersions(database, id)).map(versionView);
    return c.json({ count: results.length, results });
  });
  routes.all("/:id/versions", methodNotAllowed("GET"));
  return routes;
}
