import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { SignUp } from "./forms";

/** Beside the spool. */
export const CUSTOMERS_FILE = "customers.jsonl";

/** The shop's customers. With a file they outlive the backend, however it ends: a line for each change. */
export class Customers {
  readonly #file: string | undefined;
  readonly #byEmail = new Map<string, SignUp>();

  constructor(file?: string) {
    this.#file = file;
    const text = file !== undefined && existsSync(file) ? readFileSync(file, "utf8") : "";
    // What comes after the last line break was cut off.
    for (const line of text.split("\n").slice(0, -1)) this.#keep(JSON.parse(line) as SignUp);
  }

  /** Newest first. */
  get all(): SignUp[] {
    return [...this.#byEmail.values()].reverse();
  }

  get(email: string): SignUp | undefined {
    return this.#byEmail.get(email);
  }

  put(customer: SignUp): void {
    this.#keep(customer);
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(customer)}\n`);
  }

  #keep(customer: SignUp): void {
    this.#byEmail.set(customer.email, customer);
  }
}
