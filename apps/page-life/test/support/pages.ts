import type { BrowserClientOptions } from "@segops/browser";
import { DEFAULT_PUBLIC_KEY } from "@segops/local-api";
import type { Frame, Page } from "puppeteer-core";
import { belongsTo, settle } from "./acts";
import { everythingStored } from "./database";
import type { Visit } from "./visit";

/** Options that can be handed to a page. */
export type PageOptions = Partial<
  Pick<BrowserClientOptions, "apiKey" | "apiUrl" | "consent" | "flushInterval" | "persistence">
>;

/** A tab at an address of the site, without a client. */
export async function goTo(visit: Visit, path = "/"): Promise<Page> {
  const page = await visit.newTab();
  belongsTo(visit, page);
  await page.goto(visit.site.url + path);
  return page;
}

/** Makes the client of a page. */
export async function startClient(
  visit: Visit,
  page: Page | Frame,
  options: PageOptions = {},
): Promise<void> {
  belongsTo(visit, page);
  await page.evaluate((given) => void window.story.start(given), {
    apiUrl: visit.server.url,
    apiKey: DEFAULT_PUBLIC_KEY,
    ...options,
  });
}

/** A tab of the site with a client that has nothing to do yet. */
export async function openPage(visit: Visit, options?: PageOptions, path?: string): Promise<Page> {
  const page = await goTo(visit, path);
  await startClient(visit, page, options);
  return page;
}

/** A tab whose client has delivered something: it holds a token. */
export async function openSettledPage(visit: Visit, options?: PageOptions, path?: string): Promise<Page> {
  const page = await openPage(visit, options, path);
  await settle(page);
  return page;
}

/** Comes back to the site later, and waits until everything is stored. */
export async function visitLater(visit: Visit): Promise<void> {
  await openPage(visit);
  await everythingStored(visit);
}

export async function openSandboxedFrame(visit: Visit): Promise<Frame> {
  const page = await goTo(visit, "/frame");
  const frame = await page.waitForFrame((each) => each !== page.mainFrame() && each.url().endsWith("/"));
  await frame.waitForFunction(() => window.story, { polling: 50 });
  await startClient(visit, frame);
  return frame;
}

/** A window that a script opened, whose client holds a token: it may close itself. */
export async function openSettledPopup(visit: Visit): Promise<Page> {
  const opener = await goTo(visit);
  const opened = new Promise<Page | null>((resolve) => opener.once("popup", resolve));
  await opener.evaluate(() => void window.open("/", "_blank", "popup"));
  const popup = (await opened) as Page;
  await popup.waitForFunction(() => window.story, { polling: 50 });
  await startClient(visit, popup);
  await settle(popup);
  return popup;
}
