import { setTimeout as pause } from "node:timers/promises";
import type { CDPSession, Page } from "puppeteer-core";
import { median } from "../../statistics";
import { markerOf } from "../marker";
import { formatNumber, type Table } from "../table";
import type { StoryPage } from "./tell-stories";
import { startVisitor } from "./visitor";

/** Milliseconds that the page's main thread worked: its CPU time, not how long it waited for a busy machine. */
export interface MainThread {
  /** Loading and evaluating the script, and making the client; less the same with an empty script. */
  readonly start: number;
  /** 100 calls of track() in one task, until the task after it. */
  readonly burst: number;
  /** What comes of them in the 2.5 s after. */
  readonly after: number;
}

const LOADS = 3;
const SETTLE_MS = 2_500;
const CALLS = 100;

/** Medians over some loads; the SDKs take turns. */
export async function measureMainThread(
  pages: readonly StoryPage[],
  say: (line: string) => void,
): Promise<Record<string, MainThread>> {
  const loads = new Map<string, MainThread[]>();
  for (let load = 0; load < LOADS; load += 1) {
    say(`main thread, load ${load + 1} of ${LOADS}`);
    for (const page of pages)
      loads.set(page.name, [...(loads.get(page.name) ?? []), await measureLoad(page)]);
  }
  const middle = (all: readonly MainThread[], name: keyof MainThread) =>
    median(all.map((each) => each[name]));
  return Object.fromEntries(
    Array.from(loads, ([name, all]) => [
      name,
      { start: middle(all, "start"), burst: middle(all, "burst"), after: middle(all, "after") },
    ]),
  );
}

async function measureLoad({ browser, script }: StoryPage): Promise<MainThread> {
  const visitor = await startVisitor(browser, script);
  const page = await visitor.newPage();
  try {
    await page.goto(`${visitor.site.url}/bare`);
    const session = await page.createCDPSession();
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const empty = await workFor(session, page, loadScript("/empty.js"));
    const start = await workFor(
      session,
      page,
      `${loadScript("/sdk.js")} window.subject.start(${JSON.stringify(visitor.sink.url)});`,
    );
    await pause(SETTLE_MS);
    const idle = await workFor(session, page, "");
    const burst = await workFor(session, page, track100);
    const before = await worked(session);
    await pause(SETTLE_MS);
    const after = (await worked(session)) - before;
    return { start: start - empty, burst: burst - idle, after };
  } finally {
    await visitor.end();
  }
}

const loadScript = (src: string): string => `await new Promise((resolve) => {
  const script = document.createElement("script");
  script.src = "${src}";
  script.onload = resolve;
  document.head.append(script);
});`;

const track100 = `
for (let number = 0; number < ${CALLS}; number++)
  window.subject.track({ marker: "${markerOf(0)}", path: "/pricing", plan: "team", seats: 12, trial: true, number });`;

async function worked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
}

/** Until the task after the one that it ends in. */
async function workFor(session: CDPSession, page: Page, script: string): Promise<number> {
  const before = await worked(session);
  await page.evaluate(`(async () => {
    ${script}
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => { port1.onmessage = resolve; port2.postMessage(0); });
  })()`);
  return (await worked(session)) - before;
}

export function mainThreadTable(costs: Readonly<Record<string, MainThread>>): Table {
  return {
    title: "Browser: what the main thread works, CPU ms",
    columns: ["SDK", "load, evaluate, start", "100 × track() in a burst", "in the 2.5 s after"],
    rows: Object.entries(costs).map(([name, { start, burst, after }]) => [
      name,
      formatNumber(start),
      formatNumber(burst),
      formatNumber(after),
    ]),
  };
}
