import { mkdirSync, writeFileSync } from "node:fs";
import { type LocalServer, startServer } from "@segops/local-api";
import manifest from "@segops/sdk/package.json" with { type: "json" };
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Consumer, installConsumer } from "../support/consumer";
import { type ImportCost, importCosts, importTable } from "../support/import-costs";
import type { Place } from "../support/place";
import { ASPECTS, type Aspect, placeTable, type Verdict } from "../support/place-table";
import { bundlers } from "../support/places/bundlers";
import { workerd } from "../support/places/isolates";
import { servers } from "../support/places/servers";
import { workers } from "../support/places/workers";
import { STORY_EVENTS } from "../support/story";

const places: readonly Place[] = [...servers, workerd, ...bundlers, ...workers];
const reports = new URL("../../reports/", import.meta.url);
const verdicts = new Map(places.map((place) => [place, new Map<Aspect, Verdict>()]));

let server: LocalServer;
let consumer: Consumer;
let costs: readonly ImportCost[] = [];

beforeAll(async () => {
  server = await startServer({ port: 0, dataDirectory: ":memory:" });
  consumer = await installConsumer();
}, 300_000);
afterAll(async () => {
  await consumer?.remove();
  await server.close();
  const table = `${placeTable(places, verdicts)}\n\n${importTable(costs)}`;
  mkdirSync(reports, { recursive: true });
  writeFileSync(new URL("everywhere.txt", reports), `${table}\n`);
  console.log(`\n${table}\n`);
});

/** Runs the story in a place that meets a 503 first. Answers what the server has then. */
async function tell(place: Place) {
  const { workspace, secretKey, publicKey } = await server.createWorkspace();
  const fault = server.faults.add({ kind: "error", status: 503, on: "ingestion", times: 1, workspace });
  const allArrived = () =>
    server.waitForCounts(({ good }) => good >= STORY_EVENTS.length, { workspace, timeoutMs: 30_000 });
  const connection = { apiUrl: server.url, secretKey, publicKey, allArrived };
  const failure = await place.run(consumer, connection).then(() => undefined, String);
  const events = (await server.events({ workspace })).map(({ event_type }) => event_type);
  return { failure, events, refusedOnce: fault.hits === 1 };
}

describe.each(places)("the packed @segops/sdk in $name", (place) => {
  const why = place.missing === undefined ? "" : ` (skipped: ${place.missing})`;
  const check = (aspect: Aspect, holds: () => Promise<void> | void) =>
    it.skipIf(place.missing !== undefined)(
      `${aspect}${why}`,
      async () => {
        verdicts.get(place)?.set(aspect, "FAILED");
        await holds();
        verdicts.get(place)?.set(aspect, "ok");
      },
      120_000,
    );
  let told: Awaited<ReturnType<typeof tell>>;

  check(ASPECTS.installs, async () => {
    const { version } = await consumer.manifest("@segops/sdk");
    expect(version).toBe(manifest.version);
  });
  if (place.typecheck !== undefined) {
    check(ASPECTS.types, async () => expect(await place.typecheck?.(consumer)).toBe(""));
  }
  check(ASPECTS.sends, async () => {
    told = await tell(place);
    expect(told.events, told.failure).toContain("sent");
  });
  check(ASPECTS.retries, () => {
    expect(told.refusedOnce).toBe(true);
    expect(told.events, told.failure).toContain("after_a_503");
  });
  check(ASPECTS.flushes, () => {
    expect(told.failure).toBeUndefined();
    expect([...told.events].sort()).toEqual([...STORY_EVENTS].sort());
  });
});

it("brings undici to a server, and nothing else of others", async () => {
  costs = await importCosts(consumer);
  const others = costs
    .filter(({ name }) => name.startsWith("@segops/"))
    .map(({ name, dependencies }) => [name, dependencies.filter((brought) => !/^@segops\//.test(brought))]);
  expect(Object.fromEntries(others)).toEqual({
    "@segops/core": [],
    "@segops/node": ["undici"],
    "@segops/sdk": ["undici"],
  });
}, 120_000);
