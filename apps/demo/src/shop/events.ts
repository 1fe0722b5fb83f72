import { defineEvents } from "@segops/node";
import * as z from "zod";
import { PLANS } from "./forms";

/** Events of made-up visitors say so. */
const synthetic = z.literal(true).optional();

/** What the shop's backend tells SegOps. Its pages have a catalogue of their own. */
export const shopEvents = defineEvents(
  {
    signed_up: z.object({ plan: z.enum(PLANS), synthetic }),
    order_placed: z.object({
      order_id: z.string(),
      total: z.number(),
      currency: z.string(),
      items: z.array(z.object({ sku: z.string(), quantity: z.int(), price: z.number() })),
      synthetic,
    }),
  },
  {
    traits: z.object({
      name: z.string().optional(),
      email: z.string().optional(),
      plan: z.enum(PLANS),
      synthetic,
    }),
  },
);
