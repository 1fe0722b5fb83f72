import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { type FaultCase, lost, type Outcome } from "./fault-case";
import { matrixTable } from "./matrix-table";
import { processEnds } from "./process-ends";
import { serverFaults } from "./server-faults";
import { spoolFaults } from "./spool-faults";

const TIMEOUT_MS = 600_000;
const reports = new URL("../../reports/", import.meta.url);
const outcomes = new Map<FaultCase, Outcome>();
const cases = [...serverFaults, ...processEnds, ...spoolFaults];

afterAll(() => {
  const table = matrixTable(cases, outcomes);
  mkdirSync(reports, { recursive: true });
  writeFileSync(new URL("fault-matrix.txt", reports), `${table}\n`);
  console.log(`\n${table}\n`);
});

describe.concurrent("no event is lost, and none is there twice, when this goes wrong", () => {
  for (const faultCase of cases) {
    const { fault, skip, refused = 0, run } = faultCase;
    it.skipIf(skip)(skip ? `${fault} (skipped: ${skip})` : fault, { timeout: TIMEOUT_MS }, async () => {
      const outcome = await run();
      outcomes.set(faultCase, outcome);
      expect({ lost: lost(outcome), ...outcome }).toMatchObject({
        lost: 0,
        duplicated: 0,
        dropped: 0,
        refused,
        kept: 0,
      });
    });
  }
});
