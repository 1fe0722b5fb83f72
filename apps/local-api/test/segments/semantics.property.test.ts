import type { SegmentDefinition } from "@segops/core/schema";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDefinition } from "../../src/segments/definition";
import { preview, verdicts } from "../../src/segments/evaluation";
import type { Database } from "../../src/store/database";
import { hasPostgres } from "../support/databases";
import { CONDITION_TYPES, combination, conditionOf, NOW, world } from "./arbitraries";
import { naivelyPasses, naiveMembers, timelines, type World } from "./naive-evaluator";
import { hold, segmentDatabase } from "./segment-databases";

describe.each(["duckdb", "postgres"] as const)(
  "in %s, a segment has the members that a naive evaluator finds, and explain says the same of each",
  (kind) => {
    const skip = kind === "postgres" && !hasPostgres;

    test.skipIf(skip).each(CONDITION_TYPES)("by %s, with any operator and value", async (type) => {
      const conditions = fc.array(conditionOf(type), { minLength: 1, maxLength: 8 });
      await checkAgreement(
        kind,
        conditions.map((all) => all.map((condition) => ({ logic: "AND", conditions: [condition] }))),
        30,
      );
    });

    test.skipIf(skip)("by any conditions together, with AND and with OR", async () => {
      await checkAgreement(kind, fc.array(combination, { minLength: 1, maxLength: 3 }), 50);
    });
  },
);

async function checkAgreement(
  kind: "duckdb" | "postgres",
  definitions: fc.Arbitrary<SegmentDefinition[]>,
  numRuns: number,
): Promise<void> {
  const database = await segmentDatabase(kind);
  let workspaces = 0;
  await fc.assert(
    fc.asyncProperty(world, definitions, async (given, all) => {
      workspaces += 1;
      const workspace = `workspace-${workspaces}`;
      await hold(database, workspace, given.events);
      for (const definition of all) await expectAgreement(database, workspace, given, definition);
    }),
    { numRuns },
  );
}

async function expectAgreement(
  database: Database,
  workspace: string,
  given: World,
  definition: SegmentDefinition,
): Promise<void> {
  expect(checkDefinition(definition)).toMatchObject({ valid: true });
  const evaluation = { database, workspace, definition, definitions: given.others, now: NOW };
  const { matchedUsers, sampleUserIds } = await preview(evaluation, 1000);
  const expected = naiveMembers(definition, given);
  expect(sampleUserIds).toEqual(expected);
  expect(matchedUsers).toBe(expected.length);

  const [user, timeline] = [...timelines(given)].at(-1) ?? ["", []];
  const explained = await verdicts(evaluation, user);
  expect(explained?.map(({ passed }) => passed)).toEqual(
    definition.conditions.map((condition) => naivelyPasses(condition, timeline, given)),
  );
}
