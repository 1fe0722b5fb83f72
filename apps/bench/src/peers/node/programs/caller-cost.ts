import { setImmediate as nextTurn } from "node:timers/promises";
import { median } from "../../../statistics";
import { reportResult } from "../../../workload-result";
import { readProgramStart, within } from "../program";
import { EVENT_NAME, propertiesOf, userOf } from "../sample";

/** Nanoseconds of one call of `track()` until it returns, the event's making included. */
export interface CallerCost {
  /** 1,000 calls in one turn of the event loop: CPU time. */
  readonly burst: number;
  /** One call a turn: elapsed time. */
  readonly alone: number;
  /** Making the same event and JSON.stringify, measured in between. */
  readonly floorBurst: number;
  readonly floorAlone: number;
}

const BURST = 1_000;
const BURSTS = 40;
const WARM_UP_BURSTS = 10;
/** With some, a burst takes seconds: they are warm after fewer of them, and measured by fewer. */
const WARM_UP_LIMIT_MS = 10_000;
const BURSTS_LIMIT_MS = 40_000;
const SINGLES = 1_500;
const NS_PER_MS = 1e6;
const NS_PER_US = 1e3;

const { adapter } = readProgramStart(process.argv);
let number = 0;
// Read in the end, so that the work below is not optimised away.
let characters = 0;

const track = () => adapter.track(number++);
const stringify = () => {
  number += 1;
  const event = { user_id: userOf(number), event_type: EVENT_NAME, payload: propertiesOf(number) };
  characters += JSON.stringify(event).length;
};

/** CPU time: a burst is long enough for its clock, and waiting for a busy machine is not in it. */
function worked(work: () => void, calls: number): number {
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) work();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * NS_PER_US) / calls;
}

function timed(work: () => void, calls: number): number {
  const startedAt = performance.now();
  for (let call = 0; call < calls; call += 1) work();
  return ((performance.now() - startedAt) * NS_PER_MS) / calls;
}

const startedAt = performance.now();
const elapsed = () => performance.now() - startedAt;
/** Tracks once more, and gives it time to send. */
async function measureBurst(): Promise<{ track: number; floor: number }> {
  const costs = { track: worked(track, BURST), floor: worked(stringify, BURST) };
  // Some wait for their interval first, and need not be waited for: the queue is short.
  await within(1_000, adapter.flush());
  return costs;
}

for (let burst = 0; burst < WARM_UP_BURSTS && elapsed() < WARM_UP_LIMIT_MS; burst += 1) await measureBurst();
const bursts = [await measureBurst()];
while (bursts.length < BURSTS && elapsed() < BURSTS_LIMIT_MS) bursts.push(await measureBurst());

const singles = { track: [] as number[], floor: [] as number[], clock: [] as number[] };
for (let turn = 0; turn < SINGLES; turn += 1) {
  await nextTurn();
  singles.track.push(timed(track, 1));
  await nextTurn();
  singles.floor.push(timed(stringify, 1));
  await nextTurn();
  singles.clock.push(timed(() => {}, 1));
}
if (characters === 0) throw new Error("Nothing was measured");
const clock = median(singles.clock);
reportResult({
  burst: median(bursts.map((each) => each.track)),
  alone: median(singles.track) - clock,
  floorBurst: median(bursts.map((each) => each.floor)),
  floorAlone: median(singles.floor) - clock,
} satisfies CallerCost);
