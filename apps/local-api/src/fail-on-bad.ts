import type { LocalServer } from "./server";

/** Apart from 1, with which a server ends that could not start. */
export const BAD_EVENTS_EXIT_CODE = 2;

const SHOWN = 10;

/** One line for each of the latest events that were refused since then, and one that counts them. */
export async function badEventsSince(server: LocalServer, badBefore: number): Promise<string[]> {
  const count = (await server.counts()).bad - badBefore;
  if (count <= 0) return [];
  const latest = await server.badEvents({ limit: Math.min(count, SHOWN) });
  const lines = latest.map(
    ({ reason, field, message }) => `  ${reason}${field === null ? "" : ` (${field})`}: ${message}`,
  );
  const rest = count > SHOWN ? [`  … and ${count - SHOWN} more`] : [];
  return [`${count} ${count === 1 ? "event was" : "events were"} refused:`, ...lines, ...rest];
}
