import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createSyntheticRepository } from "../../src/synthetic-repository";
import { temporaryFolder } from "../support/folder";
import { startLocalApi, storedHashes } from "../support/local-api";
import { startMutingProxy } from "../support/muting-proxy";
import { killAll, programs, startProgram } from "../support/program";
import { commitHashes } from "../support/repository";

const COMMITS = 20_000;
const AUTHORS = 40;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let repository: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  repository = path.join(folder.path, "repository");
  await createSyntheticRepository(repository, { commits: COMMITS, authors: AUTHORS });
});
afterEach(killAll);
afterAll(() => folder.remove());

test("sends every commit of a log to a server of its own", async () => {
  const end = await startProgram(programs.replay, [repository, "--json"]).ended;
  expect(end.code, end.stderr).toBe(0);
  expect(JSON.parse(end.stdout)).toMatchObject({
    commits: COMMITS,
    authors: AUTHORS,
    totals: {
      accepted: COMMITS + AUTHORS,
      delivered: COMMITS + AUTHORS,
      refused: 0,
      dropped: {},
      pending: 0,
    },
    database: { good: COMMITS + AUTHORS, duplicates: 0, distinct_users: AUTHORS },
    complete: true,
  });
});

test("loses nothing and duplicates nothing while the server is killed and started again", async () => {
  const data = path.join(folder.path, "data");
  let server = await startLocalApi({ data });
  const { port } = server;
  const proxy = await startMutingProxy(port);
  const replay = startProgram(programs.replay, [repository, "--json", "--api-url", proxy.url]);

  for (const rows of [3_000, 8_000, 13_000]) {
    await server.untilStored(rows);
    // A batch that is stored, while the client has to believe that it is not.
    await proxy.swallowAnswer();
    await server.crash();
    server = await startLocalApi({ data, port });
    proxy.unmute();
  }

  const end = await replay.ended;
  expect(end.code, end.stderr).toBe(0);
  expect(end.stderr).toContain("The server does not take events now");
  expect(JSON.parse(end.stdout)).toMatchObject({
    totals: {
      accepted: COMMITS + AUTHORS,
      delivered: COMMITS + AUTHORS,
      refused: 0,
      dropped: {},
      pending: 0,
    },
    database: { good: COMMITS + AUTHORS, distinct_users: AUTHORS },
    complete: true,
  });
  const stored = await storedHashes(server.url);
  expect(stored).toHaveLength(COMMITS);
  expect(stored.sort()).toEqual(commitHashes(repository).sort());
}, 180_000);

test("Ctrl-C delivers what was read and reports it", async () => {
  const server = await startLocalApi({ data: ":memory:" });
  const replay = startProgram(programs.replay, [
    repository,
    "--json",
    "--repeat",
    "1000",
    "--api-url",
    server.url,
  ]);
  await server.untilStored(2_000);
  replay.kill("SIGINT");
  const end = await replay.ended;
  expect(end.code, end.stderr).toBe(130);
  const report = JSON.parse(end.stdout);
  expect(report).toMatchObject({ complete: true, totals: { pending: 0, dropped: {} } });
  expect(report.database.good).toBe(report.totals.accepted);
});

test("a wrong key ends the replay with what to do", async () => {
  const server = await startLocalApi({ data: ":memory:" });
  const args = [repository, "--json", "--api-url", server.url, "--api-key", "sk_wrong"];
  const end = await startProgram(programs.replay, args).ended;
  expect(end.code).toBe(1);
  expect(end.stderr).toContain("The server takes no events: 401");
  expect(end.stderr).toContain("Check --api-key");
  expect(end.stderr).not.toContain("sk_wrong");
  expect(JSON.parse(end.stdout)).toMatchObject({ complete: false, totals: { delivered: 0 } });
});
