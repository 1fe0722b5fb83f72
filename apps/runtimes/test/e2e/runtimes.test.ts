import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DEFAULT_SECRET_KEY, type LocalServer, startServer } from "@segops/local-api";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type NodeVersion, nodeVersions } from "../support/node-versions";
import { runStory, type Story } from "../support/run-story";
import { EVENTS, stories } from "../support/stories";
import { verdictTable } from "../support/verdict-table";

const require = createRequire(import.meta.url);
const reports = new URL("../../reports/", import.meta.url);
let server: LocalServer;
const verdicts = new Map<Story, Map<NodeVersion, "ok" | "FAILED">>(
  stories.map((story) => [story, new Map()]),
);

beforeAll(async () => {
  server = await startServer({ port: 0, dataDirectory: ":memory:" });
});
afterAll(async () => {
  await server.close();
  const table = verdictTable(stories, nodeVersions, verdicts);
  mkdirSync(reports, { recursive: true });
  writeFileSync(new URL("runtimes.txt", reports), `${table}\n`);
  console.log(`\n${table}\n`);
});

/** The numbers of a user's stored events, in order. */
async function storedNumbers(userId: string): Promise<number[]> {
  const events = await server.events({ userId, limit: 10 * EVENTS });
  return events
    .map(({ payload }) => (payload as { number: number }).number)
    .sort((one, other) => one - other);
}

it("finds the package built", () => {
  const folder = dirname(require.resolve("@segops/node/package.json"));
  expect(existsSync(join(folder, "dist", "index.js")), "pnpm run build comes first").toBe(true);
});

async function spoolFor({ next }: Story): Promise<string | undefined> {
  if (next === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "segops-runtimes-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe.each(nodeVersions)("the built package on Node $name", (version) => {
  const { name, path } = version;
  const missing = path === undefined ? " (skipped: this Node is not installed here)" : "";
  const titled = stories.map((story) => [story.title + missing, story] as const);
  it.skipIf(path === undefined).each(titled)("every event arrives once: %s", async (_, story) => {
    const userId = `${name}, ${story.title}`;
    verdicts.get(story)?.set(version, "FAILED");
    const to = { apiUrl: server.url, apiKey: DEFAULT_SECRET_KEY, userId, spool: await spoolFor(story) };
    expect(await runStory(path ?? "", story, to)).toMatchObject(story.ends);
    if (story.next !== undefined) {
      expect(await storedNumbers(userId)).toEqual([]);
      const end = await runStory(path ?? "", { ...story, does: story.next }, to);
      expect(end).toMatchObject({ code: 0, signal: null, stderr: "" });
    }
    expect(await storedNumbers(userId)).toEqual(upTo(EVENTS));
    verdicts.get(story)?.set(version, "ok");
  });
});
