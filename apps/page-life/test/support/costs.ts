import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DEFAULT_PUBLIC_KEY } from "@segops/local-api";
import type { Page } from "puppeteer-core";
import type { Visit } from "./visit";

/** Milliseconds of one page load. */
export interface Costs {
  /** From before the script was parsed until the client was made, by the page's clock. */
  readonly start: number;
  /** What the main thread worked for 100 calls of track(), storing included. */
  readonly burst: number;
  /** What it worked for their delivery, a moment later. */
  readonly delivery: number;
  /** What it works for a bare fetch() with a body of that size. */
  readonly fetch: number;
}

declare global {
  interface Window {
    SegOps: { SegOpsClient: typeof import("@segops/browser").SegOpsClient };
    before: number;
    client: import("@segops/browser").SegOpsClient;
    start: number;
  }
}

const script = join(
  dirname(createRequire(import.meta.url).resolve("@segops/browser/package.json")),
  "dist/segops.js",
);

/** A page with the script build in it. Isolated: its clock is finer then. */
export async function costPage(apiUrl: string): Promise<string> {
  const options = JSON.stringify({ apiUrl, apiKey: DEFAULT_PUBLIC_KEY, eventIds: true });
  return `<!doctype html><title>Costs</title>
<script>window.before = performance.now()</script>
<script>${await readFile(script, "utf8")}</script>
<script>
  window.client = new SegOps.SegOpsClient(${options});
  window.start = performance.now() - window.before;
</script>`;
}

const settle = `(async () => {
  client.track({ eventType: "settled" });
  await client.flush();
})()`;
const nothing = "";
const burst = `
  const payload = { path: "/pricing", title: "Pricing", plan: "team", seats: 12, trial: true };
  for (let number = 0; number < 100; number++) client.track({ eventType: "measured", payload });`;
const bareFetch = (apiUrl: string): string => `
  const headers = { authorization: "Bearer none", "content-type": "application/json" };
  fetch("${apiUrl}/api/ingestion/track/batch/", { method: "POST", headers, body: "x".repeat(33_000) });`;

/** One load of the page. */
export async function measureCosts(visit: Visit, page: Page): Promise<Costs> {
  await page.goto(`${visit.site.url}/costs`);
  await page.evaluate(settle);
  const session = await page.createCDPSession();
  // What the thread worked, and not how long it waited for a busy machine.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
  /** Until the task after the one it starts in. */
  const workFor = async (script: string): Promise<number> => {
    const before = await worked();
    await page.evaluate(`(async () => {
      ${script}
      const { port1, port2 } = new MessageChannel();
      await new Promise((resolve) => { port1.onmessage = resolve; port2.postMessage(0); });
    })()`);
    return (await worked()) - before;
  };
  const own = await workFor(nothing);
  const costs = {
    start: await page.evaluate(() => window.start),
    burst: (await workFor(burst)) - own,
    delivery: (await workFor("await client.flush()")) - own,
    fetch: (await workFor(bareFetch(visit.server.url))) - own,
  };
  await session.detach();
  return costs;
}

export function median(figures: readonly number[]): number {
  return [...figures].sort((one, other) => one - other)[figures.length >> 1] ?? Number.NaN;
}
