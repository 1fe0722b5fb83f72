import { vi } from "vitest";
import type { Visit } from "./visit";

/** How long a test waits for what has to happen. */
const DEADLINE_MS = 20_000;
/** How long a test watches for what may or must not happen. */
const WATCH_MS = 1_500;

/** The numbered events that are stored: how many different ones, and how many of them more than once. */
export async function storedInDatabase({ server }: Visit): Promise<{ distinct: number; twice: number }> {
  const events = await server.events({ limit: 100_000, eventType: "numbered" });
  const copies = new Map<unknown, number>();
  for (const { payload } of events) {
    const { number } = payload as { number: number };
    copies.set(number, (copies.get(number) ?? 0) + 1);
  }
  return { distinct: copies.size, twice: [...copies.values()].filter((count) => count > 1).length };
}

export const everyEventOnce = (visit: Visit) => ({ distinct: visit.tracked, twice: 0 });

/** Waits until all that was tracked is stored. */
export async function everythingStored(visit: Visit, timeout = DEADLINE_MS): Promise<void> {
  await vi.waitFor(
    async () => {
      const { distinct } = await storedInDatabase(visit);
      if (distinct < visit.tracked) throw new Error(`${distinct} of ${visit.tracked} events are stored`);
    },
    { timeout, interval: 50 },
  );
}

/** Notes how much arrives without a later visit. It may be anything. */
export async function noteWhatArrivesAtOnce(visit: Visit): Promise<void> {
  await everythingStored(visit, WATCH_MS).catch(() => {});
  visit.atOnce = (await storedInDatabase(visit)).distinct;
}

/** Who a numbered event is stored for. */
export async function userOf(
  { server }: Visit,
  number: number,
): Promise<{ user: string; anonymous: unknown }> {
  const events = await server.events({ limit: 100_000, eventType: "numbered" });
  const event = events.find(({ payload }) => (payload as { number: number }).number === number);
  return { user: String(event?.user_id), anonymous: event?.anonymous_id };
}
