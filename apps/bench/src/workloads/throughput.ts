import { senders } from "../senders";
import { reportResult } from "../workload-result";

export interface Throughput {
  /** Process CPU time, all threads. */
  readonly cpuMicrosecondsPerEvent: number;
  readonly eventsPerSecond: number;
  /** All that was sent, the warm-up included. */
  readonly sent: number;
}

const WARM_UP_EVENTS = 200_000;

const [, , side = "", apiUrl = "", events = "", repeats = "1"] = process.argv;
if (side !== "client" && side !== "baseline") throw new Error(`There is no sender "${side}"`);
const sender = senders[side](apiUrl);
const count = Number(events) * Number(repeats);

await sender.send(WARM_UP_EVENTS);
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
for (let repeat = 0; repeat < Number(repeats); repeat += 1) await sender.send(Number(events));
const seconds = (performance.now() - startedAt) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
await sender.close();
reportResult({
  cpuMicrosecondsPerEvent: (user + system) / count,
  eventsPerSecond: count / seconds,
  sent: WARM_UP_EVENTS + count,
} satisfies Throughput);
