import type { SqlParameter } from "../store/database";

/** The values of a statement that is being put together. Each call adds one and returns the SQL that stands for it. */
export class SqlParameters {
  readonly values: SqlParameter[] = [];

  text(value: string): string {
    return this.#add(value, "VARCHAR");
  }

  number(value: number): string {
    return this.#add(value, "DOUBLE PRECISION");
  }

  whole(value: number): string {
    return this.#add(value, "BIGINT");
  }

  time(ms: number): string {
    return this.#add(new Date(ms), "TIMESTAMP");
  }

  /** PostgreSQL takes a parameter for any type that fits; the cast says which is meant. */
  #add(value: SqlParameter, type: string): string {
    return `CAST($${this.values.push(value)} AS ${type})`;
  }
}
