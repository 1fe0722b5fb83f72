import type { Transport } from "../../src/index";
import { DEFAULT_OPTIONS, utf8Length } from "../../src/index";
import {
  createLightEngine,
  type LightEngine,
  type LightOptions,
  type LightRuntime,
  type VisitorText,
} from "../../src/light/index";
import { createTestRuntime, type TestRuntime } from "../../src/testing/index";
import { createUuidFactory } from "../../src/uuid";

const DEFAULT_LIGHT_OPTIONS: LightOptions = {
  ...DEFAULT_OPTIONS,
  apiUrl: "https://api.segops.test",
  apiKey: "pk_test_key",
  eventIds: true,
};

/** What a page keeps: outlives the engine. */
export type Storage = Map<string, { readonly texts: readonly string[]; readonly visitor: VisitorText }>;

export interface StartedLightClient {
  readonly engine: LightEngine;
  readonly client: LightEngine["client"];
  readonly runtime: TestRuntime;
  readonly clock: TestRuntime["clock"];
  /** Whether the page is hidden. */
  hidden: boolean;
  /** The page is gone: nothing in it runs any more. */
  isGone: boolean;
  /** How many bytes may leave while the page goes away. */
  room: number;
}

let pages = 0;

/** A light client in a world that the test moves, on a page with storage or without. */
export function startLightClient(
  options: Partial<LightOptions> = {},
  {
    runtime = createTestRuntime(),
    transport = runtime.transport as Transport,
    storage,
    patienceMs = 0,
  }: { runtime?: TestRuntime; transport?: Transport; storage?: Storage; patienceMs?: number } = {},
): StartedLightClient {
  const { clock, entropy } = runtime;
  const page = `page${++pages}`;
  let stored = 0;
  const lent: LightRuntime = {
    now: clock.monotonicNow,
    wallNow: clock.now,
    random: entropy.random,
    newUuid: createUuidFactory(clock, entropy),
    schedule: (task, delayMs) => clock.schedule(task, delayMs, false),
    patienceMs,
    post: (path, authorization, body) =>
      transport.post({ url: path, headers: { authorization }, body, timeoutMs: 10_000, unloading: false }),
    room: () => started.room,
    isHidden: () => started.hidden,
    complete: (input) => input,
    refusal: () => undefined,
    warn: (line) => runtime.logger.warn(line),
    advice: () => "Check apiKey",
    utf8Length,
    store({ keys, events, lane }) {
      if (!storage || started.isGone) return;
      keys.push(`${page}:${++stored}`);
      storage.set(`${page}:${stored}`, { texts: [...events], visitor: lane.visitor });
    },
    unstore({ keys }) {
      if (!started.isGone) for (const key of keys) storage?.delete(key);
    },
  };
  const engine = createLightEngine({ ...DEFAULT_LIGHT_OPTIONS, ...options }, lent);
  const started: StartedLightClient = {
    engine,
    client: engine.client,
    runtime,
    clock,
    hidden: false,
    isGone: false,
    room: 60_000,
  };
  return started;
}
