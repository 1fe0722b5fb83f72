/** A regular expression that is not taken. The message says why. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

/** PostgreSQL's bound. */
const MAX_REPETITIONS = 255;

/** Walks through the text of a regular expression, character by character. */
export class PatternReader {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(source: string) {
    this.#characters = [...source];
  }

  get done(): boolean {
    return this.#at >= this.#characters.length;
  }

  peek(): string {
    return this.#characters[this.#at] ?? "";
  }

  next(): string {
    const character = this.#characters[this.#at];
    if (character === undefined)
      throw new PatternError("The regular expression ends in the middle of something.");
    this.#at += 1;
    return character;
  }

  sees(text: string): boolean {
    return this.#characters.slice(this.#at, this.#at + text.length).join("") === text;
  }

  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at += text.length;
    return true;
  }

  seesQuantifier(): boolean {
    return "*+?{".includes(this.peek()) && !this.done;
  }

  /** A quantifier as it is written, and how many copies of its atom it stands for. */
  takeQuantifier(): { text: string; copies: number } | undefined {
    if (this.done || !this.seesQuantifier()) return undefined;
    if (!this.sees("{")) return { text: this.next(), copies: 2 };
    const rest = this.#characters.slice(this.#at).join("");
    const bounds = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(rest);
    if (bounds === null)
      throw this.error("is no {n}, {n,} or {n,m}; write a backslash before it if it is meant as it is");
    const low = Number(bounds[1]);
    const high = bounds[3] === undefined || bounds[3] === "" ? low : Number(bounds[3]);
    if (high > MAX_REPETITIONS || low > MAX_REPETITIONS)
      throw this.error(`repeats more than ${MAX_REPETITIONS} times`);
    if (low > high) throw this.error("has its smaller bound last");
    this.#at += bounds[0].length;
    return { text: bounds[0], copies: Math.max(high, 1) + 1 };
  }

  /** What is wrong with the character that is next, or with `what`. */
  error(reason: string, what: string = this.peek()): PatternError {
    return new PatternError(
      `The regular expression is not taken: "${what}" at character ${this.#at + 1} ${reason}.`,
    );
  }
}
