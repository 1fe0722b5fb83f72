import { setImmediate as nextTurn } from "node:timers/promises";
import { SegOpsClient } from "@segops/node";
import { sampleInput, sampleWireEvent } from "../sample-event";
import { median } from "../statistics";
import { reportResult } from "../workload-result";

/** Nanoseconds a call. */
export interface TrackCost {
  readonly single: Pair;
  readonly burst: Pair;
}

interface Pair {
  readonly client: number;
  readonly baseline: number;
}

const BURST = 1_000;
const BURSTS = 150;
const SINGLES = 6_000;
const WARM_UP_BURSTS = 30;
const NS_PER_MS = 1e6;

const [, , apiUrl = ""] = process.argv;
const client = new SegOpsClient({ apiUrl, apiKey: "sk_bench" });
let index = 0;
// Read in the end, so that the work below is not optimised away.
let characters = 0;

const track = () => client.track(sampleInput(index++));
const stringify = () => {
  characters += JSON.stringify(sampleWireEvent(index++)).length;
};

function timed(work: () => void, calls: number): number {
  const startedAt = performance.now();
  for (let call = 0; call < calls; call += 1) work();
  return ((performance.now() - startedAt) * NS_PER_MS) / calls;
}

async function measureBursts(bursts: number): Promise<Pair> {
  const costs = { client: [] as number[], baseline: [] as number[] };
  for (let burst = 0; burst < bursts; burst += 1) {
    costs.client.push(timed(track, BURST));
    await client.flush();
    costs.baseline.push(timed(stringify, BURST));
    await nextTurn();
  }
  return { client: median(costs.client), baseline: median(costs.baseline) };
}

async function measureSingles(): Promise<Pair> {
  const costs = { client: [] as number[], baseline: [] as number[], clock: [] as number[] };
  const turns = [
    [track, costs.client],
    [stringify, costs.baseline],
    [() => {}, costs.clock],
  ] as const;
  for (let turn = 0; turn < SINGLES; turn += 1) {
    for (const [work, cost] of turns) {
      await nextTurn();
      cost.push(timed(work, 1));
    }
  }
  const clock = median(costs.clock);
  return { client: median(costs.client) - clock, baseline: median(costs.baseline) - clock };
}

await measureBursts(WARM_UP_BURSTS);
const burst = await measureBursts(BURSTS);
const single = await measureSingles();
await client.shutdown();
if (characters === 0) throw new Error("Nothing was measured");
reportResult({ single, burst } satisfies TrackCost);
