import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createSyntheticRepository, readCommits, replayScript } from "@segops/demo";
import { compare, interleave } from "../rounds";
import type { Scenario } from "../scenario";

const COMMITS = 50_000;
const AUTHORS = 500;
const ROUNDS = 3;

const run = promisify(execFile);

export const replay: Scenario = {
  name: "replay",
  what: "the demo's replay of a git log, into a server that only counts",
  async measure({ sink }) {
    const folder = await mkdtemp(path.join(tmpdir(), "segops-bench-"));
    try {
      await createSyntheticRepository(folder, { commits: COMMITS, authors: AUTHORS });
      const rounds = await interleave(ROUNDS, (side) =>
        side === "client" ? replayLog(folder, sink.url) : readLog(folder),
      );
      await sink.take();
      return [
        {
          scenario: "replay",
          name: `replay of ${COMMITS.toLocaleString("en")} commits`,
          unit: "events/s",
          baselineName: "reading the log alone",
          ...compare(rounds, (rate) => rate),
          target: { of: "client", atLeast: 10_000 },
        },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function replayLog(repository: string, apiUrl: string): Promise<number> {
  const args = [replayScript, repository, "--json", "--api-url", apiUrl, "--api-key", "sk_bench"];
  const { stdout } = await run(process.execPath, args);
  const { totals, seconds, complete } = JSON.parse(stdout);
  if (!complete) throw new Error(`The replay delivered ${totals.delivered} of ${totals.accepted} events`);
  return totals.delivered / seconds;
}

async function readLog(repository: string): Promise<number> {
  const startedAt = performance.now();
  let commits = 0;
  for await (const _ of readCommits(repository)) commits += 1;
  return commits / ((performance.now() - startedAt) / 1000);
}
