/** Conditions that apply only where a value is given; `?` stands for that value, numbered as a parameter. */
export class Filter {
  readonly parameters: unknown[];
  /** Those of the conditions alone, without those that were asked for one by one. */
  filterParameters: unknown[] = [];
  readonly #conditions: string[] = [];

  /** Begins behind parameters that are bound already. */
  constructor(bound: readonly unknown[] = []) {
    this.parameters = [...bound];
  }

  add(condition: string, value: string | number | readonly string[] | undefined): this {
    if (value === undefined) return this;
    const name = this.parameter(value);
    this.filterParameters = [...this.parameters];
    return this.require(condition.replaceAll("?", name));
  }

  /** A condition whose parameters are bound already. */
  require(condition: string): this {
    this.#conditions.push(condition);
    return this;
  }

  /** One more value, and the `$n` it goes by. */
  parameter(value: unknown): string {
    return `$${this.parameters.push(value)}`;
  }

  get where(): string {
    return this.#conditions.length === 0 ? "" : `WHERE ${this.#conditions.join(" AND ")}`;
  }
}
