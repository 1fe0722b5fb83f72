import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type AccountRoutesOptions, accountRoutes } from "./account-routes";
import { CATALOGUE, CURRENCY } from "./catalogue";
import { orderSchema, PLANS } from "./forms";
import { readForm } from "./read-form";

const MAX_BODY_BYTES = 10_000;

/** What the shop's page and other clients call. */
export function shopRoutes(options: AccountRoutesOptions): Hono {
  const { shop, logins } = options;
  const routes = new Hono();
  routes.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c) => c.json({ detail: `The body is larger than ${MAX_BODY_BYTES} bytes.` }, 413),
    }),
  );
  routes.get("/catalogue", (c) => c.json({ currency: CURRENCY, products: CATALOGUE, plans: PLANS }));
  routes.route("/", accountRoutes(options));

  routes.post("/orders", async (c) => {
    const form = await readForm(c, orderSchema);
    if (form instanceof Response) return form;
    const email = form.email ?? (await logins.email(c));
    if (email === undefined) return c.json({ email: ["Log in first, or say who orders."] }, 400);
    const order = shop.placeOrder(email, form.items);
    if (order === undefined) {
      return c.json({ email: [`Nobody has signed up as ${email}. Sign up first.`] }, 400);
    }
    return c.json({ ...order, tracked: ["order_placed"] }, 201);
  });
  return routes;
}
