import { type LocalServer, startServer } from "@segops/local-api";
import { afterEach } from "vitest";

/** Starts a SegOps server in memory, emptied and well-behaved after each test. */
export async function startSegOps(): Promise<LocalServer> {
  const server = await startServer({ port: 0, dataDirectory: ":memory:" });
  afterEach(() => {
    server.faults.clear();
    return server.reset();
  });
  return server;
}

/** Waits until so many events are stored, and answers them by type, in order. */
export async function storedEvents(server: LocalServer, count: number) {
  await server.waitForCounts(({ good }) => good >= count);
  return (await server.events()).sort((one, other) => one.occurred_at.localeCompare(other.occurred_at));
}
