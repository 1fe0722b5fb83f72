import type { Page } from "playwright-core";
import { expect } from "vitest";

/** What a visitor does in the shop, by what they see of it. */
export function shopper(page: Page) {
  const goTo = (view: string) => page.getByRole("navigation").getByRole("link", { name: view }).click();
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const counters = page.getByRole("region", { name: "What became of all events" });
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
      // All at once, as a late event may come between two looks.
      let text: string | null = "";
      const look = async () => {
        text = await counters.textContent();
        return text;
      };
      await expect.poll(look, { timeout: 60_000 }).toContain("every delivered event is stored once");
      const counter = (name: string) => Number(new RegExp(`${name}\\s*(\\d+)`).exec(text ?? "")?.[1]);
      const tracked = counter("Tracked");
      const refused = counter("Refused");
      const delivered = counter("Delivered");
      expect({ inFlight: counter("In flight"), stored: counter("Stored") }).toEqual({
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
