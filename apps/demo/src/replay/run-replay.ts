import { SegOpsClient } from "@segops/node";
import { countCommits, readCommits } from "./git-log";
import type { ReplayOptions } from "./replay-options";
import type { ReplayReport } from "./replay-report";
import { sendCommits } from "./send-commits";
import { fetchCounts, type ServerCounts } from "./server-counts";
import { watchServer } from "./server-watch";
import { openTarget } from "./target";

/** A replay has nothing to do but wait for its server. */
const MAX_RETRIES = 8;
const SHUTDOWN_TIMEOUT_MS = 60_000;
const PROGRESS_INTERVAL_MS = 1_000;

/** Sends the log, waits for every event to be settled, and asks the server what it has. */
export async function runReplay(
  options: ReplayOptions,
  say: (line: string) => void,
  isStopped: () => boolean,
): Promise<ReplayReport> {
  const { repository, limit, repeat } = options;
  const expected = (await countCommits(repository, { limit })) * repeat;
  const target = await openTarget(options);
  try {
    const before = await fetchCounts(target.apiUrl);
    say(`Sending ${expected.toLocaleString("en")} commit(s) of ${repository} to ${target.apiUrl} …`);
    const startedAt = performance.now();
    const client = new SegOpsClient({
      apiUrl: target.apiUrl,
      apiKey: target.apiKey,
      maxRetries: MAX_RETRIES,
      shutdownTimeout: SHUTDOWN_TIMEOUT_MS,
    });
    const watch = watchServer(client, say);
    const progress = progressLine(client, expected, say);

    let commits = 0;
    const authors = new Set<string>();
    const shouldStop = () => isStopped() || watch.hindrance !== undefined;
    for (let round = 1; round <= repeat && !shouldStop(); round += 1) {
      commits += await sendCommits(client, readCommits(repository, { limit }), {
        authors,
        round: repeat > 1 ? round : undefined,
        onProgress: (sent) => progress(commits + sent),
        shouldStop,
      });
    }
    await client.shutdown();
    const seconds = (performance.now() - startedAt) / 1000;
    if (watch.hindrance !== undefined) say(watch.hindrance);
    const after = await fetchCounts(target.apiUrl);
    const { totals } = client;
    return { repository, commits, authors: authors.size, totals, database: added(before, after), seconds };
  } finally {
    await target.close();
  }
}

function progressLine(client: SegOpsClient, expected: number, say: (line: string) => void) {
  let saidAt = performance.now();
  return (commits: number) => {
    const now = performance.now();
    if (now - saidAt < PROGRESS_INTERVAL_MS) return;
    saidAt = now;
    const percent = Math.floor((100 * commits) / expected);
    say(`${String(percent).padStart(3)} %  ${client.totals.delivered.toLocaleString("en")} events delivered`);
  };
}

function added(before: ServerCounts | undefined, after: ServerCounts | undefined): ServerCounts | undefined {
  if (before === undefined || after === undefined) return undefined;
  return {
    good: after.good - before.good,
    duplicates: after.duplicates - before.duplicates,
    distinct_users: after.distinct_users,
  };
}
