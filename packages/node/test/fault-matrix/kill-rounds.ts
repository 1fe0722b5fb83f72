import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { startFaultServer } from "../support/fault-server";
import { countStored, type Outcome } from "./fault-case";
import { runIdle, startWriter } from "./spool-writer";

export interface KillRounds {
  /** Processes that write at the same time. */
  readonly processes: number;
  /** How often each of them is killed and, but for the last time, started again. */
  readonly rounds: number;
  /** The server has an outage until the last kill. */
  readonly outage?: boolean;
}

/** An event of the next process has a number from the next such range. */
const RANGE = 1_000_000;
const MOST_ACKNOWLEDGED = 300;
const MOST_DELAY_MS = 20;

/** Kills processes that share a spool at random moments; one more start delivers what they left. */
export async function killRounds({ processes, rounds, outage = false }: KillRounds): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), "segops-spool-"));
  const server = await startFaultServer();
  // Slow by chance, so that a kill meets requests under way.
  server.always(() => (outage ? { status: 503 } : { afterMs: Math.random() * MOST_DELAY_MS }));
  let starts = 0;
  let late = 0;

  const liveAndDie = async (): Promise<number[]> => {
    const writer = await startWriter(server.url, directory, ++starts * RANGE);
    // As likely within the first ten events as within the last two hundred.
    await writer.acknowledged(Math.ceil(MOST_ACKNOWLEDGED ** Math.random()));
    const acknowledged = await writer.kill();
    late += acknowledged.length - countStored(server, acknowledged).delivered;
    return acknowledged;
  };
  const lives = Array.from({ length: processes }, async () => {
    const acknowledged: number[] = [];
    for (let round = 0; round < rounds; round++) acknowledged.push(...(await liveAndDie()));
    return acknowledged;
  });
  const acknowledged = (await Promise.all(lives)).flat();

  server.always(undefined);
  const { code, stderr } = await runIdle(server.url, directory);
  expect(code, stderr).toBe(0);
  // A kill may cut a write off: that event was not acknowledged, and whoever finds it says so.
  expect(stderr.split("\n").filter((line) => line !== "" && !line.includes("spool_damaged"))).toEqual([]);

  const counts = countStored(server, acknowledged);
  await server.close();
  await rm(directory, { recursive: true });
  // Otherwise the kills came too late to show anything.
  expect(late).toBeGreaterThan(0);
  const note = `${processes * rounds} kills; ${late} events came from the spool`;
  return { ...counts, refused: 0, dropped: 0, kept: 0, note };
}
