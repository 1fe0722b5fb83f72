import type { IdentifyInput, TrackInput } from "@segops/node";
import { describe, expect, test } from "vitest";
import type { Commit } from "../src/replay/commit-parser";
import { MAX_PENDING, sendCommits } from "../src/replay/send-commits";

describe("sendCommits", () => {
  test("tracks each commit for its author, and introduces each author once", async () => {
    const { client, tracked, identified } = recordingClient();
    const authors = new Set<string>();
    const commits = [
      commit("a1", "ada@example.com"),
      commit("b2", "bob@example.com"),
      commit("c3", "ada@example.com"),
    ];
    expect(await send(client, commits, { authors })).toBe(3);
    await send(client, commits, { authors, round: 2 });

    expect(identified).toEqual([
      { userId: "ada@example.com", traits: { name: "Ada", first_commit_at: "2020-09-13T12:26:40.000Z" } },
      { userId: "bob@example.com", traits: { name: "Ada", first_commit_at: "2020-09-13T12:26:40.000Z" } },
    ]);
    expect(tracked).toHaveLength(6);
    expect(tracked[0]).toEqual({
      userId: "ada@example.com",
      eventType: "commit_authored",
      occurredAt: new Date("2020-09-13T12:26:40Z"),
      payload: { hash: "a1", subject: "Subject of a1", is_merge: false },
    });
    expect(tracked[3]?.payload).toMatchObject({ hash: "a1", round: 2 });
  });

  test("never has more pending than it may", async () => {
    const { client, mostPending } = recordingClient();
    await send(client, many(3 * MAX_PENDING));
    expect(mostPending()).toBeLessThanOrEqual(MAX_PENDING + 1);
  });

  test("keeps waiting while a flush leaves events pending", async () => {
    const { client, tracked } = recordingClient({ fruitlessFlushes: 3 });
    await send(client, many(MAX_PENDING + 10));
    expect(tracked).toHaveLength(MAX_PENDING + 10);
  });

  test("stops when told, even while waiting", async () => {
    const { client } = recordingClient({ fruitlessFlushes: Number.POSITIVE_INFINITY });
    let flushes = 0;
    const sent = await send(client, many(2 * MAX_PENDING), {
      onProgress: () => {
        flushes += 1;
      },
      shouldStop: () => flushes === 2,
    });
    expect(sent).toBe(MAX_PENDING - 1);
  });

  test("falls back to the name for an author without address", async () => {
    const { client, tracked } = recordingClient();
    await send(client, [commit("a1", ""), { ...commit("b2", ""), authorName: "" }]);
    expect(tracked.map(({ userId }) => userId)).toEqual(["Ada", "unknown author"]);
  });
});

function commit(hash: string, authorEmail: string): Commit {
  const authoredAt = new Date("2020-09-13T12:26:40Z");
  return { hash, parents: [], authoredAt, authorEmail, authorName: "Ada", subject: `Subject of ${hash}` };
}

function many(count: number): Commit[] {
  return Array.from({ length: count }, (_, index) => commit(String(index), "ada@example.com"));
}

function send(
  client: Parameters<typeof sendCommits>[0],
  commits: readonly Commit[],
  options: Partial<Parameters<typeof sendCommits>[2]> = {},
): Promise<number> {
  async function* stream() {
    yield* commits;
  }
  return sendCommits(client, stream(), {
    authors: new Set(),
    onProgress: () => {},
    shouldStop: () => false,
    ...options,
  });
}

function recordingClient({ fruitlessFlushes = 0 } = {}) {
  const tracked: TrackInput[] = [];
  const identified: IdentifyInput[] = [];
  let pending = 0;
  let mostPending = 0;
  let fruitless = fruitlessFlushes;
  const add = () => {
    pending += 1;
    mostPending = Math.max(mostPending, pending);
  };
  return {
    tracked,
    identified,
    mostPending: () => mostPending,
    client: {
      track(event: TrackInput) {
        tracked.push(event);
        add();
      },
      identify(user: IdentifyInput) {
        identified.push(user);
        add();
      },
      async flush() {
        if (fruitless > 0) fruitless -= 1;
        else pending = 0;
        return { delivered: 0, refused: 0, pending };
      },
      get totals() {
        return { pending };
      },
    },
  };
}
