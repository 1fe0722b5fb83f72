import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { reportResult } from "../../../workload-result";
import { createBareAdapter } from "../bare-adapter";
import { readProgramStart, within } from "../program";

/** Tracks for some seconds with a bounded number of events undelivered. */
export interface PeerThroughput {
  readonly cpuMicrosecondsPerEvent: number;
  readonly eventsPerSecond: number;
  readonly delivered: number;
}

const MAX_UNDELIVERED = 2_000;
const EVENTS_PER_TURN = 500;
const WARM_UP_EVENTS = 2_000;
const DELIVERY_LIMIT_MS = 25_000;

const [, , row = "", , host = ""] = process.argv;
const isFloor = row === "floor";
const { adapter, rest } = isFloor
  ? { adapter: createBareAdapter(host), rest: process.argv.slice(5) }
  : readProgramStart(process.argv);
const [trackForMs, atMost] = rest.map(Number) as [number, number];

/** How many different events the sink has; it says so now and then. */
let arrived = 0;
process.on("message", (count) => {
  arrived = count as number;
});

let tracked = 0;
async function trackUntil(isEnough: () => boolean): Promise<void> {
  while (!isEnough()) {
    if (tracked - arrived >= MAX_UNDELIVERED) {
      await pause(1);
      continue;
    }
    for (let call = 0; call < EVENTS_PER_TURN; call += 1) adapter.track(tracked++);
    await nextTurn();
  }
}

async function delivered(): Promise<void> {
  const deadline = performance.now() + DELIVERY_LIMIT_MS;
  void within(DELIVERY_LIMIT_MS, adapter.flush());
  while (arrived < tracked && performance.now() < deadline) await pause(1);
}

await trackUntil(() => tracked >= WARM_UP_EVENTS);
await delivered();
const before = { arrived, cpu: process.cpuUsage(), at: performance.now() };
await trackUntil(() => tracked >= atMost || performance.now() - before.at > trackForMs);
await delivered();
const seconds = (performance.now() - before.at) / 1_000;
const { user, system } = process.cpuUsage(before.cpu);
const count = arrived - before.arrived;
reportResult({
  cpuMicrosecondsPerEvent: (user + system) / count,
  eventsPerSecond: count / seconds,
  delivered: count,
} satisfies PeerThroughput);
