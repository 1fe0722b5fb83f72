import { defineEvents } from "@segops/core";
import { integer, number, object, pipe, string } from "valibot";

const count = pipe(number(), integer());

/** What the page tells SegOps. valibot, as it adds the least to a page; the backend uses zod. */
export const pageEvents = defineEvents({
  product_seen: object({ sku: string(), price: number() }),
  cart_item_added: object({ sku: string(), price: number() }),
  cart_item_removed: object({ sku: string() }),
  checkout_started: object({ items: count, total: number() }),
  logged_in: object({}),
  logged_out: object({}),
});

declare module "@segops/react" {
  interface Register {
    events: typeof pageEvents;
  }
}
