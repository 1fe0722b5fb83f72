import type { SegmentDefinition } from "@segops/core/schema";
import { ApiError } from "../errors";
import type { Queryable, SqlParameter } from "../store/database";
import { compileExplanation, compileMembers, measuredColumn, passedColumn } from "./compile";
import type { CompileContext } from "./measure";
import { type Definitions, referenceProblem } from "./references";
import { SqlParameters } from "./sql-parameters";

/** What a definition is looked at with. */
export interface Evaluation {
  database: Queryable;
  workspace: string;
  definition: SegmentDefinition;
  definitions: Definitions;
  /** The segment that the definition belongs to, where there is one. */
  id?: string | undefined;
  now: number;
}

export interface Preview {
  matchedUsers: number;
  sampleUserIds: string[];
  sql: string;
}

/** How many users match, the first of them, and the SQL that finds them. */
export async function preview(evaluation: Evaluation, limit: number): Promise<Preview> {
  const context = contextOf(evaluation);
  const members = compileMembers(evaluation.definition, context);
  const shown = withValues(members, context.parameters.values);
  const rows = await evaluation.database.query<{ user_id: string; matched: number }>(
    `SELECT user_id, count(*) OVER () AS matched FROM (${members}) members
     ORDER BY user_id COLLATE "C" LIMIT ${context.parameters.whole(limit)}`,
    context.parameters.values,
  );
  return {
    matchedUsers: rows[0]?.matched ?? 0,
    sampleUserIds: rows.map(({ user_id }) => user_id),
    sql: shown,
  };
}

/** What has to change in the stored members of a segment for them to be those that match now. */
export async function membershipChanges(
  evaluation: Evaluation & { id: string },
): Promise<{ entered: string[]; left: string[] }> {
  const context = contextOf(evaluation);
  const members = compileMembers(evaluation.definition, context);
  const rows = await evaluation.database.query<{ entered: string | null; left_behind: string | null }>(
    `SELECT matching.user_id AS entered, stored.user_id AS left_behind
     FROM (${members}) matching
     FULL OUTER JOIN (SELECT user_id FROM segment_members WHERE segment_id = ${context.parameters.text(evaluation.id)}) stored
       ON stored.user_id = matching.user_id
     WHERE matching.user_id IS NULL OR stored.user_id IS NULL`,
    context.parameters.values,
  );
  return {
    entered: rows.flatMap(({ entered }) => entered ?? []),
    left: rows.flatMap(({ left_behind }) => left_behind ?? []),
  };
}

export interface Verdict {
  actual: unknown;
  threshold: unknown;
  passed: boolean;
}

/** How one user fares with each condition; undefined for a user who has no events. */
export async function verdicts(evaluation: Evaluation, user: string): Promise<Verdict[] | undefined> {
  const context = { ...contextOf(evaluation), user };
  const { sql, measures } = compileExplanation(evaluation.definition, context);
  const [row] = await evaluation.database.query(sql, context.parameters.values);
  if (row === undefined) return undefined;
  return measures.map((measure, index) => {
    const measured = measure.columns.map((column) => [column, row[measuredColumn(index, column)]]);
    return {
      actual: measure.actual(Object.fromEntries(measured)),
      threshold: measure.threshold,
      passed: row[passedColumn(index)] === true,
    };
  });
}

/** Looks at the references again: another server may have changed them since the definition was checked. */
function contextOf({ database, workspace, definition, definitions, id, now }: Evaluation): CompileContext {
  const problem = referenceProblem(definition, definitions, id);
  if (problem !== undefined) throw new ApiError(400, { definition: [problem] });
  return {
    dialect: database.dialect,
    workspace,
    now,
    parameters: new SqlParameters(),
    referenced: definitions,
  };
}

/** The statement as it is executed, and beneath it what its parameters stand for. */
function withValues(sql: string, values: readonly SqlParameter[]): string {
  const lines = values.map((value, index) => `-- $${index + 1} = ${JSON.stringify(value)}`);
  return [sql, ...lines].join("\n");
}
