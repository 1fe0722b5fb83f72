import { setTimeout as pause } from "node:timers/promises";
import { reportResult } from "../../../workload-result";
import { readProgramStart, within } from "../program";

/** What an SDK said of its own last word. */
export interface Closed {
  /** Whether flush and close came to an end by themselves. */
  readonly isClosed: boolean;
  readonly seconds: number;
}

const EVENTS_A_STEP = 20;
const STEP_MS = 10;
const CLOSE_LIMIT_MS = 45_000;

const { adapter, rest } = readProgramStart(process.argv);
const events = Number(rest[0]);

for (let number = 0; number < events; ) {
  for (let call = 0; call < EVENTS_A_STEP; call += 1) adapter.track(number++);
  await pause(STEP_MS);
}
const startedAt = performance.now();
const isClosed = await within(
  CLOSE_LIMIT_MS,
  adapter.flush().then(() => adapter.close()),
);
reportResult({ isClosed, seconds: (performance.now() - startedAt) / 1_000 } satisfies Closed);
