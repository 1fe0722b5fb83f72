import type { Client } from "@segops/node";
import type { Commit } from "./commit-parser";

/** So many undelivered events are enough: the log waits until they are settled. */
export const MAX_PENDING = 5_000;

export interface SendOptions {
  /** Those who have been introduced already. */
  readonly authors: Set<string>;
  /** Marks the events of one round among several of the same log. */
  readonly round?: number | undefined;
  readonly onProgress: (commits: number) => void;
  /** Asked between commits. */
  readonly shouldStop: () => boolean;
}

type Sender = Pick<Client, "track" | "identify" | "flush"> & {
  readonly totals: { readonly pending: number };
};

/** Each commit becomes an event of its author, whose first one also says who that is. Returns the commits sent. */
export async function sendCommits(
  client: Sender,
  commits: AsyncIterable<Commit>,
  { authors, round, onProgress, shouldStop }: SendOptions,
): Promise<number> {
  let sent = 0;
  for await (const commit of commits) {
    if (shouldStop()) break;
    const userId = commit.authorEmail || commit.authorName || "unknown author";
    if (!authors.has(userId)) {
      authors.add(userId);
      client.identify({
        userId,
        traits: { name: commit.authorName, first_commit_at: commit.authoredAt?.toISOString() },
      });
    }
    client.track({
      userId,
      eventType: "commit_authored",
      occurredAt: commit.authoredAt,
      payload: {
        hash: commit.hash,
        subject: commit.subject,
        is_merge: commit.parents.length > 1,
        ...(round !== undefined && { round }),
      },
    });
    sent += 1;
    while (client.totals.pending >= MAX_PENDING && !shouldStop()) {
      await client.flush();
      onProgress(sent);
    }
  }
  return sent;
}
