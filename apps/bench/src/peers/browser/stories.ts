import { setTimeout as pause } from "node:timers/promises";
import type { Fate, PeerSinkOptions } from "../sink";
import type { Visitor } from "./visitor";

/** How long what a closing page has sent may take to arrive. */
const AT_ONCE_MS = 2_000;
const LATER_MS = 12_000;
const OFFLINE_MS = 3_000;
const RETRY_LIMIT_MS = 40_000;

export interface Story {
  readonly name: string;
  readonly tracked: number;
  /** A race is told more than once: chance decides what it shows. */
  readonly isRace: boolean;
  readonly sink?: () => PeerSinkOptions;
  /** Resolves with what had arrived before the later visit, in a story that has one. */
  tell(visitor: Visitor): Promise<number | undefined>;
}

/** What has arrived without another visit; then that visit. */
async function visitLater({ sink, open }: Visitor, tracked: number): Promise<number> {
  await sink.arrived(tracked, AT_ONCE_MS);
  const atOnce = sink.events.unique;
  await open();
  await sink.arrived(tracked, LATER_MS);
  return atOnce;
}

const closing = (name: string, tracked: number, bytes: number, isSettled: boolean): Story => ({
  name,
  tracked,
  isRace: true,
  async tell(visitor) {
    const page = isSettled ? await visitor.openSettled() : await visitor.open();
    await visitor.track(page, tracked, { bytes });
    await page.close();
    return visitLater(visitor, tracked);
  },
});

const leaving: Story = {
  name: "b: page left at once",
  tracked: 10,
  isRace: true,
  async tell(visitor) {
    const page = await visitor.openSettled();
    await visitor.track(page, this.tracked, { leave: true });
    return visitLater(visitor, this.tracked);
  },
};

const offlineThenOnline: Story = {
  name: "e: offline, then online",
  tracked: 50,
  isRace: false,
  async tell(visitor) {
    const page = await visitor.openSettled();
    await page.setOfflineMode(true);
    await visitor.track(page, this.tracked);
    await pause(OFFLINE_MS);
    await page.setOfflineMode(false);
    await visitor.sink.arrived(this.tracked, RETRY_LIMIT_MS);
    return undefined;
  },
};

const offlineThenClosed: Story = {
  name: "f: offline, closed, opened again",
  tracked: 50,
  isRace: false,
  async tell(visitor) {
    const page = await visitor.openSettled();
    await page.setOfflineMode(true);
    await visitor.track(page, this.tracked);
    await pause(OFFLINE_MS);
    await page.close();
    return visitLater(visitor, this.tracked);
  },
};

const failing = (name: string, times: number, fate: Fate): Story => ({
  name,
  tracked: 10,
  isRace: false,
  sink: () => ({ fate: (request) => (request <= times ? fate : "taken") }),
  async tell(visitor) {
    const page = await visitor.openSettled();
    await visitor.track(page, this.tracked);
    await visitor.sink.arrived(this.tracked, RETRY_LIMIT_MS);
    return undefined;
  },
});

export const stories: readonly Story[] = [
  closing("a0: closed right after the start", 10, 10, false),
  closing("a: closed at once", 10, 10, true),
  leaving,
  closing("d: 200 × 1 kB, closed at once", 200, 1_000, true),
  offlineThenOnline,
  offlineThenClosed,
  failing("g: 500 three times", 3, { status: 500 }),
  failing("h: 429, Retry-After: 2", 1, { status: 429, retryAfter: 2 }),
];
