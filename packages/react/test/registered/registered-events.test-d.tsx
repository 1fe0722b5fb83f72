import { defineEvents } from "@segops/core";
import { useRef } from "react";
import { expectTypeOf, it } from "vitest";
import { z } from "zod";
import { useIdentify, useSegOps, useTrack, useTrackOnce, useTrackVisible, useUser } from "../../src/index";

const events = defineEvents(
  {
    order_placed: z.object({ total: z.number(), currency: z.string().default("EUR") }),
    cart_opened: z.object({ items: z.number().optional() }),
  },
  { traits: z.object({ plan: z.enum(["free", "pro"]) }) },
);

declare module "../../src/typed" {
  interface Register {
    events: typeof events;
  }
}

it("useTrack knows the names and the payloads of the registered catalogue", () => {
  const track = useTrack();
  track("order_placed", { total: 42 });
  track("order_placed", { total: 42, currency: "USD" });
  track("cart_opened");
  track("cart_opened", { items: 3 });
  // @ts-expect-error there is no such event
  track("order_plced", { total: 42 });
  // @ts-expect-error total is a number
  track("order_placed", { total: "42" });
  // @ts-expect-error the payload is missing
  track("order_placed");
  expectTypeOf(track<"order_placed">)
    .parameter(1)
    .toEqualTypeOf<{ total: number; currency?: string | undefined }>();
});

it("useTrackOnce and useTrackVisible do as well", () => {
  const ref = useRef<HTMLElement>(null);
  useTrackOnce("order_placed", { total: 42 });
  useTrackVisible(ref, "cart_opened");
  // @ts-expect-error there is no such event
  useTrackOnce("order_plced", { total: 42 });
  // @ts-expect-error the payload is missing
  useTrackOnce("order_placed");
  // @ts-expect-error total is a number
  useTrackVisible(ref, "order_placed", { total: "42" });
});

it("useIdentify and useUser know the traits", () => {
  const identify = useIdentify();
  const { setUser } = useUser();
  identify({ userId: "ada", traits: { plan: "pro" } });
  setUser({ userId: "ada", traits: { plan: "pro" } });
  setUser({ userId: "ada" });
  // @ts-expect-error there is no such plan
  identify({ userId: "ada", traits: { plan: "gold" } });
  // @ts-expect-error there is no such plan
  setUser({ userId: "ada", traits: { plan: "gold" } });
});

it("useSegOps answers a typed client", () => {
  const { track } = useSegOps();
  track({ eventType: "order_placed", payload: { total: 42 } });
  // @ts-expect-error there is no such event
  track({ eventType: "order_plced", payload: { total: 42 } });
});
