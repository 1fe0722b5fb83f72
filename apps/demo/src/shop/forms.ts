import * as z from "zod";
import { CATALOGUE, MAX_QUANTITY } from "./catalogue";

const SKUS = CATALOGUE.map(({ sku }) => sku);

export const PLANS = ["free", "pro"] as const;

export const signUpSchema = z.object({
  name: z.string("A name is needed.").trim().min(1, "A name is needed.").max(100, "At most 100 characters."),
  email: z.email("An e-mail address is needed, such as ada@example.com.").max(200, "At most 200 characters."),
  plan: z.enum(PLANS, `One of: ${PLANS.join(", ")}.`).default("free"),
});

export const orderSchema = z.object({
  /** Left out: whoever is logged in. */
  email: z
    .string("Who orders? Give the e-mail address of a sign-up.")
    .min(1, "Choose who orders.")
    .optional(),
  items: z
    .array(
      z.object({
        sku: z.enum(SKUS, `One of: ${SKUS.join(", ")}.`),
        quantity: z
          .int("A whole number.")
          .min(1, "At least one.")
          .max(MAX_QUANTITY, `At most ${MAX_QUANTITY}.`),
      }),
      "A list of {sku, quantity}.",
    )
    .min(1, "Choose something to order.")
    .max(CATALOGUE.length, "Each product once."),
});

export const loginSchema = z.object({
  email: z.string("Whose account is it?").min(1, "Whose account is it?"),
});

export const planSchema = z.object({ plan: z.enum(PLANS, `One of: ${PLANS.join(", ")}.`) });

export type Plan = (typeof PLANS)[number];
export type SignUp = z.infer<typeof signUpSchema>;
export type OrderItems = z.infer<typeof orderSchema>["items"];

/** `{field: ["…"]}`, as SegOps itself answers. */
export function fieldErrors(error: z.ZodError): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const { path, message } of error.issues) {
    const field = String(path[0] ?? "detail");
    errors[field] = [...new Set([...(errors[field] ?? []), message])];
  }
  return errors;
}
