import { setImmediate as nextTurn } from "node:timers/promises";
import { reportResult } from "../../../workload-result";
import { readProgramStart } from "../program";
import { EVENT_NAME, propertiesOf, userOf } from "../sample";

/** Memory taken by events that a hanging server does not let go. */
export interface PeerBacklog {
  readonly bytesPerTextByte: number;
  readonly tracked: number;
}

const EVENTS_PER_TURN = 100;
const WARM_UP_EVENTS = 200;

const { adapter, rest } = readProgramStart(process.argv);
const [count, limitMs] = rest.map(Number) as [number, number];
const textBytes = JSON.stringify({
  user_id: userOf(1),
  event_type: EVENT_NAME,
  payload: propertiesOf(1),
}).length;

let tracked = 0;
const deadline = performance.now() + limitMs;
async function trackMany(upTo: number): Promise<void> {
  while (tracked < upTo && performance.now() < deadline) {
    for (let call = 0; call < EVENTS_PER_TURN; call += 1) adapter.track(tracked++);
    await nextTurn();
  }
}

function memoryInUse(): number {
  if (gc === undefined) throw new Error("Start this with --expose-gc");
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

await trackMany(WARM_UP_EVENTS);
const before = memoryInUse();
await trackMany(WARM_UP_EVENTS + count);
const added = tracked - WARM_UP_EVENTS;
reportResult({
  bytesPerTextByte: (memoryInUse() - before) / (added * textBytes),
  tracked: added,
} satisfies PeerBacklog);
