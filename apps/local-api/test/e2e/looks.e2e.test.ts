import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { LocalServer } from "../../src/index";
import { localServer } from "../support/local-server";
import { describeInBrowser, open } from "./open-page";
import { buyers, segment, stockShop } from "./shop";

interface View {
  name: string;
  isEmpty?: boolean;
  /** What follows the address, `ID` standing for a segment. */
  at: string;
  /** Brings the view to where it is worth a look. */
  ready: (page: Page) => Promise<unknown>;
}

const heading = (name: string) => (page: Page) => page.getByRole("heading", { name }).first().waitFor();

const VIEWS: View[] = [
  { name: "events-empty", isEmpty: true, at: "", ready: heading("Waiting for your first event") },
  { name: "users-empty", isEmpty: true, at: "#/users", ready: heading("Nobody yet") },
  { name: "segments-empty", isEmpty: true, at: "#/segments", ready: heading("No segments yet") },
  {
    name: "events",
    at: "",
    ready: async (page) => {
      await page.getByRole("button", { name: /invalid_time/ }).waitFor();
    },
  },
  {
    name: "event",
    at: "",
    ready: async (page) => {
      await page
        .getByRole("button", { name: /order_placed ada/ })
        .first()
        .click();
      await page.getByRole("heading", { name: "Payload" }).waitFor();
    },
  },
  {
    name: "users",
    at: "#/users",
    ready: (page) => page.getByRole("link", { name: "customer-1", exact: true }).waitFor(),
  },
  {
    name: "user",
    at: "#/users/ada%40example.com",
    ready: async (page) => {
      await page.locator("summary", { hasText: "Big spenders" }).click();
      await page.getByText("is in.").waitFor();
      await page.locator("summary", { hasText: "context_identified" }).click();
      await page.getByText("as anon_v1").waitFor();
    },
  },
  { name: "user-unknown", at: "#/users/nobody", ready: heading("Not found") },
  {
    name: "segments",
    at: "#/segments",
    ready: (page) => page.getByText("Big spenders").waitFor(),
  },
  {
    name: "segment",
    at: "#/segments/ID",
    ready: async (page) => {
      await page.getByRole("button", { name: "Explain ada@example.com" }).click();
      await page.getByText("is in.").waitFor();
      await page.getByRole("textbox", { name: "User id to explain" }).fill("linus@example.com");
      await page.keyboard.press("Enter");
      await page.getByText("is not in.").waitFor();
    },
  },
  {
    name: "builder",
    at: "#/segments/ID/edit",
    ready: async (page) => {
      await page.getByText("users match").waitFor();
      await page.locator("summary", { hasText: "SQL" }).click();
    },
  },
  { name: "keys", at: "#/keys", ready: (page) => page.getByText("pk_test_local").first().waitFor() },
  {
    name: "faults",
    at: "#/faults",
    ready: (page) => page.getByRole("button", { name: "Remove Error · Sessions" }).waitFor(),
  },
];

describeInBrowser("light and dark, wide and narrow,", () => {
  // The pictures in reports/page are to be looked at.
  test.each(VIEWS)(
    "$name reads well to a screen reader and fits its width",
    async (view) => {
      const server = await localServer();
      const id = view.isEmpty ? "" : await stock(server);
      const page = await open(server, view.at.replace("ID", id), {}, /status of 404/);
      await view.ready(page);
      const found: string[] = [];
      for (const colorScheme of ["light", "dark"] as const) {
        for (const [width, height] of [
          [1280, 800],
          [390, 844],
        ] as const) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height });
          await page.screenshot({ path: `reports/page/${view.name}-${colorScheme}-${width}.png` });
          const problems = [...(await violations(page)), ...(await overflow(page))];
          found.push(...problems.map((problem) => `${colorScheme}, ${width}: ${problem}`));
        }
      }
      expect(found).toEqual([]);
    },
    90_000,
  );
});

/** Something for every view, and the id of a segment. */
async function stock(server: LocalServer): Promise<string> {
  await stockShop(server);
  await segment(server, "Buyers", buyers);
  server.faults.add({ kind: "error", on: "session", status: 500 });
  return bigSpenders(server);
}

function bigSpenders(server: LocalServer): Promise<string> {
  return segment(server, "Big spenders", {
    logic: "OR",
    conditions: [
      {
        type: "monetary",
        event_type: "order_placed",
        property: "total",
        metric: "sum",
        operator: "gte",
        value: 100,
      },
      { type: "user_property", property: "plan", operator: "in", value: ["pro", "team"] },
      { type: "event_sequence", events: ["page_viewed", "order_placed"], window_days: 30, strict: true },
    ],
  });
}

/** Run from the outside, since the page itself lets no foreign script in. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } }
    ).axe.run();
    interface Violation {
      id: string;
      nodes: { html: string; failureSummary: string }[];
    }
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}

/** What reaches beyond the width of the window, or of the view that scrolls in it. */
function overflow(page: Page): Promise<string[]> {
  interface Box {
    id: string;
    tagName: string;
    scrollWidth: number;
    clientWidth: number;
  }
  return page
    .locator("html, #view, #events-view, #empty, #detail")
    .evaluateAll((boxes: Box[]) =>
      boxes
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(
          ({ tagName, id, scrollWidth, clientWidth }) => `${tagName} ${id}: ${scrollWidth} > ${clientWidth}`,
        ),
    );
}
