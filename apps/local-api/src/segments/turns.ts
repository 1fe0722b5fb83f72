/** Runs one piece of work after another, whether or not the one before failed. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take(work: () => Promise<void>): Promise<void> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  /** Resolves when everybody has had their turn. */
  async over(): Promise<void> {
    await this.#last;
  }
}
