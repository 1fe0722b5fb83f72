import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type * as z from "zod";
import { CATALOGUE, CURRENCY } from "./catalogue";
import { fieldErrors, orderSchema, PLANS, signUpSchema } from "./forms";
import type { Shop } from "./shop";

const MAX_BODY_BYTES = 10_000;

/** What the shop's page and other clients call. */
export function shopRoutes(shop: Shop): Hono {
  const routes = new Hono();
  routes.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c) => c.json({ detail: `The body is larger than ${MAX_BODY_BYTES} bytes.` }, 413),
    }),
  );

  routes.get("/catalogue", (c) => c.json({ currency: CURRENCY, products: CATALOGUE, plans: PLANS }));
  routes.get("/customers", (c) => c.json(shop.customers));

  routes.post("/sign-ups", async (c) => {
    const form = await readForm(c, signUpSchema);
    if (form instanceof Response) return form;
    shop.signUp(form);
    return c.json({ user_id: form.email, tracked: ["context_identified", "signed_up"] }, 201);
  });

  routes.post("/orders", async (c) => {
    const form = await readForm(c, orderSchema);
    if (form instanceof Response) return form;
    const order = shop.placeOrder(form);
    if (order === undefined) {
      return c.json({ email: [`Nobody has signed up as ${form.email}. Sign up first.`] }, 400);
    }
    return c.json({ ...order, tracked: ["order_placed"] }, 201);
  });
  return routes;
}

/** The checked body, or the answer that says what is wrong with it. */
async function readForm<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
): Promise<z.infer<Schema> | Response> {
  // A form of another site cannot send this type without asking first.
  if (!/^application\/json\b/.test(c.req.header("Content-Type") ?? "")) {
    return c.json({ detail: "Send JSON, with Content-Type: application/json." }, 415);
  }
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    return c.json({ detail: "The body is not valid JSON." }, 400);
  }
  const form = schema.safeParse(body);
  return form.success ? form.data : c.json(fieldErrors(form.error), 400);
}
