import { signUserId } from "@segops/sdk/server";
import { Hono } from "hono";
import { loginSchema, planSchema, signUpSchema } from "./forms";
import type { Logins } from "./logins";
import { readForm } from "./read-form";
import type { Shop } from "./shop";

export interface AccountRoutesOptions {
  readonly shop: Shop;
  readonly logins: Logins;
  /** What user ids are signed with, in hex: the secret of the pages' key. */
  readonly hmacSecret: string;
}

/** Signing up, logging in and out, and the proof of who it is that the page hands to SegOps. */
export function accountRoutes({ shop, logins, hmacSecret }: AccountRoutesOptions): Hono {
  const routes = new Hono();
  routes.get("/customers", (c) => c.json(shop.customers));

  routes.get("/me", async (c) => {
    const email = await logins.email(c);
    return c.json({ customer: (email !== undefined && shop.customer(email)) || null });
  });

  // Asked for by `getUser`, with each session token.
  routes.get("/who-am-i", async (c) => {
    const email = await logins.email(c);
    c.header("Cache-Control", "no-store");
    return c.json(email === undefined ? {} : await signUserId(hmacSecret, email));
  });

  routes.post("/sign-ups", async (c) => {
    const form = await readForm(c, signUpSchema);
    if (form instanceof Response) return form;
    shop.signUp(form);
    await logins.begin(c, form.email);
    return c.json({ user_id: form.email, tracked: ["context_identified", "signed_up"] }, 201);
  });

  routes.post("/login", async (c) => {
    const form = await readForm(c, loginSchema);
    if (form instanceof Response) return form;
    const customer = shop.customer(form.email);
    if (customer === undefined) {
      return c.json({ email: [`Nobody has signed up as ${form.email}. Sign up first.`] }, 400);
    }
    await logins.begin(c, customer.email);
    return c.json({ customer });
  });

  routes.post("/logout", (c) => {
    logins.end(c);
    return c.body(null, 204);
  });

  routes.post("/plan", async (c) => {
    const form = await readForm(c, planSchema);
    if (form instanceof Response) return form;
    const customer = shop.choosePlan((await logins.email(c)) ?? "", form.plan);
    if (customer === undefined) return c.json({ detail: "Log in first." }, 401);
    return c.json({ customer, tracked: ["context_identified"] });
  });
  return routes;
}
