/** Conditions that apply only where a value is given; `?` stands for that value, numbered as a parameter. */
export class Filter {
  readonly parameters: unknown[] = [];
  /** Without those that were asked for one by one. */
  filterParameters: unknown[] = [];
  readonly #conditions: string[] = [];

  add(condition: string, value: string | number | undefined): this {
    if (value === undefined) return this;
    const name = this.parameter(value);
    this.filterParameters = [...this.parameters];
    this.#conditions.push(condition.replaceAll("?", name));
    return this;
  }

  /** One more value, and the `$n` it goes by. */
  parameter(value: string | number): string {
    return `$${this.parameters.push(value)}`;
  }

  get where(): string {
    return this.#conditions.length === 0 ? "" : `WHERE ${this.#conditions.join(" AND ")}`;
  }
}
