import { Hono } from "hono";
import type { Services } from "../app";
import { checked } from "../checked";
import { ApiError } from "../errors";
import { type Fault, faultSchema } from "../faults/fault";
import { readJson } from "../request-body";
import { localScope } from "./local-access";

const MAX_BODY_BYTES = 64_000;

/** `/local/faults`: tells the server to misbehave. One fault or a list of them, in the order they are to be met. */
export function faultRoutes({ faults }: Services): Hono {
  const routes = new Hono({ strict: false });

  routes.get("/", (c) => c.json({ results: faults.list(localScope(c)) }));

  routes.post("/", async (c) => {
    const body = await readJson(c, MAX_BODY_BYTES);
    const workspace = localScope(c);
    const added = [body].flat().map((given) => {
      const fault = checked(faultSchema, given);
      return workspace === undefined ? fault : { ...fault, workspace };
    });
    const ids = added.map((fault) => faults.add(fault as Fault).id);
    return c.json({ ids }, 201);
  });

  routes.delete("/", (c) => {
    faults.clear(localScope(c));
    return c.json({ results: faults.list(localScope(c)) });
  });

  routes.delete("/:id", (c) => {
    const fault = faults.find(Number(c.req.param("id")), localScope(c));
    if (fault === undefined) throw new ApiError(404, `There is no fault ${c.req.param("id")}.`);
    const { id, hits } = fault;
    fault.remove();
    return c.json({ id, hits });
  });
  return routes;
}
