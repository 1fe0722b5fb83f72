import type { Page } from "playwright-core";
import { expect } from "vitest";

/** What a visitor does in the shop, by what they see of it. */
export function shopper(page: Page) {
  const goTo = (view: string) => page.getByRole("navigation").getByRole("link", { name: view }).click();
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const counter = async (name: string) => Number(await page.getByTestId(name).textContent());
  return {
    goTo,
    press,
    putInCart: (product: string) => press(`Add to cart: ${product}`),
    async signUp(email: string, plan: "Free" | "Pro" = "Free") {
      await goTo("Log in");
      await page.getByLabel("Name").fill("Ada");
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel(plan).check();
      await press("Sign up");
      await page.getByRole("button", { name: "Log out" }).waitFor();
    },
    async order(product: string) {
      await goTo("Shop");
      await press(`Add to cart: ${product}`);
      await goTo("Cart");
      await page.getByRole("button", { name: /^Order as/ }).click();
      await page.getByText("is placed").waitFor();
    },
    /** Resolves once the page says that all is delivered and stored, with the counters that say so. */
    async untilEven() {
      await page.getByText("every delivered event is stored once").waitFor();
      const tracked = await counter("Tracked");
      const refused = await counter("Refused");
      const delivered = await counter("Delivered");
      expect({ inFlight: await counter("In flight"), stored: await counter("Stored") }).toEqual({
        inFlight: 0,
        stored: delivered,
      });
      expect(delivered + refused).toBe(tracked);
      return { tracked, delivered, refused };
    },
    untilTrouble: (sentence: string) => page.getByRole("status").getByText(sentence).waitFor(),
    /** Whether the visitor is in a segment, as soon as the page says so. */
    untilInSegment: (name: string, isMember: boolean) =>
      page
        .getByRole("listitem")
        .filter({ hasText: name })
        .getByText(isMember ? "You are in" : "You are not in", { exact: true })
        .waitFor(),
  };
}
