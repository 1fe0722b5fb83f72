import { type Context, Hono } from "hono";
import type { Services } from "../app";
import { ApiError } from "../errors";
import { methodNotAllowed } from "../routes/method-not-allowed";
import { verdicts } from "./evaluation";
import { labelOf } from "./label";
import { resolveUser } from "./members";
import { definitionsOf } from "./references";
import { listSegments } from "./segment-registry";
import { readersWorkspace } from "./segment-requests";
import { membershipView } from "./segment-views";
import { Segments } from "./segments";

/** `/api/explorer/users/<user_id>/segments/`: the segments a user is in, and why or why not. */
export function userSegmentRoutes(services: Services): Hono {
  const { database, segments: live, options } = services;
  const routes = new Hono({ strict: false });
  const segmentsFor = async (c: Context) =>
    new Segments(database, live, await readersWorkspace(c, services), options.now);

  routes.get("/users/:user_id/segments", async (c) => {
    const segments = await segmentsFor(c);
    return c.json((await segments.ofUser(c.req.param("user_id"))).map(membershipView));
  });
  routes.all("/users/:user_id/segments", methodNotAllowed("GET"));

  routes.get("/users/:user_id/segments/:id/explain", async (c) => {
    const workspace = await readersWorkspace(c, services);
    const segment = await (await segmentsFor(c)).find(c.req.param("id"));
    const all = await listSegments(database, workspace);
    const user = await resolveUser(database, workspace, c.req.param("user_id"));
    const { id, name, definition } = segment;
    const definitions = definitionsOf(all);
    const now = options.now();
    const found = await verdicts({ database, workspace, definition, definitions, id, now }, user);
    if (found === undefined) {
      throw new ApiError(404, `There is no user ${user.slice(0, 200)}: no event of theirs is stored.`);
    }
    const nameOf = (segmentId: string) => all.find((each) => each.id === segmentId)?.name ?? segmentId;
    const conditions = found.map((verdict, index) => {
      const condition = definition.conditions[index];
      if (condition === undefined) throw new Error("There is a verdict without a condition.");
      return { index, type: condition.type, label: labelOf(condition, nameOf), ...verdict };
    });
    const { logic } = definition;
    const matches =
      logic === "AND" ? conditions.every(({ passed }) => passed) : conditions.some(({ passed }) => passed);
    return c.json({ user_id: user, segment_id: id, segment_name: name, logic, matches, conditions });
  });
  routes.all("/users/:user_id/segments/:id/explain", methodNotAllowed("GET"));
  return routes;
}
