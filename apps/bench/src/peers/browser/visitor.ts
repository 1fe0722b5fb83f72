import { setTimeout as pause } from "node:timers/promises";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { markerOf } from "../marker";
import { type PeerSink, type PeerSinkOptions, startPeerSink } from "../sink";
import { type Site, startSite } from "./site";

/** What an SDK needs to come to rest after its start: its settings, its first events. */
const SETTLE_MS = 2_500;
/** As on a network. */
const ANSWER_AFTER_MS = 50;

declare global {
  interface Window {
    subject: { start(host: string): void; track(properties: object): void };
  }
}

export const launchChromium = (): Promise<Browser> =>
  puppeteer.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    // The driver's own default: pages would be told apart from those of a visitor.
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });

/** One visitor of one site with one SDK in its pages. */
export interface Visitor {
  readonly sink: PeerSink;
  readonly site: Site;
  /** A tab with nothing in it. */
  newPage(): Promise<Page>;
  /** A page whose SDK has just been started. */
  open(): Promise<Page>;
  /** A page whose SDK has had time, and an event that is not counted: a session, a preflight are behind it. */
  openSettled(): Promise<Page>;
  /** Tracks in one task of the page, which may go elsewhere in the same task. */
  track(page: Page, count: number, about?: { bytes?: number; leave?: boolean }): Promise<void>;
  end(): Promise<void>;
}

export async function startVisitor(
  browser: Browser,
  script: string,
  options: PeerSinkOptions = {},
): Promise<Visitor> {
  const sink = await startPeerSink({ answerAfterMs: ANSWER_AFTER_MS, ...options });
  const site = await startSite(script);
  const context = await browser.createBrowserContext();
  const newPage = () => context.newPage();
  const open = async (): Promise<Page> => {
    const page = await newPage();
    await page.goto(site.url);
    await page.evaluate((host) => window.subject.start(host), sink.url);
    return page;
  };
  return {
    sink,
    site,
    newPage,
    open,
    async openSettled() {
      const page = await open();
      await page.evaluate(() => window.subject.track({ settled: true }));
      await pause(SETTLE_MS);
      return page;
    },
    async track(page, count, { bytes = 10, leave = false } = {}) {
      const markers = Array.from({ length: count }, (_, number) => markerOf(number));
      const left = leave ? page.waitForNavigation() : undefined;
      const tracking = page.evaluate(
        (all, filler, isLeaving) => {
          for (const marker of all) window.subject.track({ marker, filler });
          if (isLeaving) location.href = "/elsewhere";
        },
        markers,
        "x".repeat(bytes),
        leave,
      );
      // The page may be gone before it answers.
      if (leave) await Promise.all([left, tracking.catch(() => {})]);
      else await tracking;
    },
    async end() {
      await context.close().catch(() => {});
      await site.close();
      await sink.close();
    },
  };
}
