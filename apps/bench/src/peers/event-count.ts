/** Which events came, and how often. */
export class EventCount {
  readonly #copies = new Map<number, number>();
  #received = 0;

  add(numbers: readonly number[]): void {
    for (const number of numbers) this.#copies.set(number, (this.#copies.get(number) ?? 0) + 1);
    this.#received += numbers.length;
  }

  /** Different events. */
  get unique(): number {
    return this.#copies.size;
  }

  /** Times that an event came which was there already. */
  get duplicates(): number {
    return this.#received - this.#copies.size;
  }
}
