import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { SegOpsClient } from "@segops/node";
import { sampleInput } from "../sample-event";
import { median } from "../statistics";
import { reportResult } from "../workload-result";

/** Nanoseconds a call. */
export interface SpoolCost {
  /** What the spool adds. */
  readonly client: number;
  /** `track()` without a spool. */
  readonly baseline: number;
}

const BURST = 500;
const BURSTS = 200;
const WARM_UP_BURSTS = 30;
const NS_PER_MS = 1e6;

const [, , apiUrl = ""] = process.argv;
const directory = await mkdtemp(path.join(tmpdir(), "segops-bench-"));
const plain = new SegOpsClient({ apiUrl, apiKey: "sk_bench" });
const spooled = new SegOpsClient({ apiUrl, apiKey: "sk_bench", spool: { directory } });
let index = 0;

async function timedBurst(client: SegOpsClient): Promise<number> {
  const startedAt = performance.now();
  for (let call = 0; call < BURST; call += 1) client.track(sampleInput(index++));
  const elapsed = performance.now() - startedAt;
  await client.flush();
  return (elapsed * NS_PER_MS) / BURST;
}

const withSpool: number[] = [];
const without: number[] = [];
for (let burst = -WARM_UP_BURSTS; burst < BURSTS; burst += 1) {
  const [plainCost, spooledCost] = [await timedBurst(plain), await timedBurst(spooled)];
  if (burst < 0) continue;
  without.push(plainCost);
  withSpool.push(spooledCost);
}
await Promise.all([plain.shutdown(), spooled.shutdown()]);
await rm(directory, { recursive: true });
const baseline = median(without);
reportResult({ client: median(withSpool) - baseline, baseline } satisfies SpoolCost);
