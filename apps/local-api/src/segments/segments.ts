import { ApiError } from "../errors";
import type { Database } from "../store/database";
import { LIMITS } from "./limits";
import type { LiveSegments } from "./live-segments";
import { resolveUser, segmentsOfUser } from "./members";
import { definitionsOf, dependentProblem, referenceProblem, referencesOf } from "./references";
import {
  createSegment,
  deleteSegment,
  findSegment,
  listSegments,
  type Segment,
  type SegmentFields,
  updateSegment,
} from "./segment-registry";

/** The segments of one workspace, with what has to hold between them. */
export class Segments {
  readonly #database: Database;
  readonly #live: LiveSegments;
  readonly #workspace: string;
  readonly #now: () => number;

  constructor(database: Database, live: LiveSegments, workspace: string, now: () => number) {
    this.#database = database;
    this.#live = live;
    this.#workspace = workspace;
    this.#now = now;
  }

  async list(): Promise<Segment[]> {
    await this.#live.upToDate();
    return listSegments(this.#database, this.#workspace);
  }

  /** As it is stored, its members too. */
  async find(id: string): Promise<Segment> {
    const segment = await findSegment(this.#database, this.#workspace, id);
    if (segment === undefined) throw notFound(id);
    return segment;
  }

  async get(id: string): Promise<Segment> {
    await this.#live.upToDate();
    return this.find(id);
  }

  async create(fields: SegmentFields): Promise<Segment> {
    const others = await listSegments(this.#database, this.#workspace);
    if (others.length >= LIMITS.segmentsPerWorkspace) {
      throw new ApiError(
        409,
        `There are ${others.length} segments already, the most that one workspace may have. Delete one that is no longer needed.`,
      );
    }
    refuse(referenceProblem(fields.definition, definitionsOf(others)));
    const { id } = await createSegment(this.#database, this.#workspace, fields, this.#now());
    this.#live.invalidate();
    return this.get(id);
  }

  async update(id: string, changes: Partial<SegmentFields>): Promise<Segment> {
    const segment = await this.find(id);
    if (changes.definition !== undefined) {
      const all = definitionsOf(await listSegments(this.#database, this.#workspace));
      refuse(referenceProblem(changes.definition, all, id) ?? dependentProblem(id, changes.definition, all));
    }
    await updateSegment(this.#database, segment, changes, this.#now());
    this.#live.invalidate();
    return this.get(id);
  }

  async delete(id: string): Promise<void> {
    const segment = await this.find(id);
    const all = await listSegments(this.#database, this.#workspace);
    const dependents = all.filter(({ definition }) => referencesOf(definition).includes(id));
    if (dependents.length > 0) {
      const names = dependents.map(({ name }) => JSON.stringify(name)).join(", ");
      throw new ApiError(409, `Other segments refer to this one: ${names}. Change or delete them first.`);
    }
    await deleteSegment(this.#database, segment);
  }

  async compute(id: string): Promise<Segment> {
    const computed = await this.#live.compute(await this.find(id));
    if (computed === undefined) throw notFound(id);
    return computed;
  }

  /** Those that a user is in, by what was last computed. */
  async ofUser(userId: string): Promise<Segment[]> {
    const all = await this.list();
    const ids = await segmentsOfUser(
      this.#database,
      await resolveUser(this.#database, this.#workspace, userId),
    );
    return all.filter(({ id }) => ids.has(id));
  }
}

function notFound(id: string): ApiError {
  return new ApiError(404, `There is no segment ${id.slice(0, 80)}.`);
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw new ApiError(400, { definition: [problem] });
}
