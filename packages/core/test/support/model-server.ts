import type { HttpOutcome, Transport } from "../../src/index";
import { noConnection, response } from "../../src/testing/index";

/** How the server behaves from now on. */
export type Mood =
  | "well"
  | "overloaded"
  | "limited"
  | "unreachable"
  | "hanging"
  | "answers get lost"
  | "wrong key"
  | "choosy"
  | "small bodies only";

/** A server that remembers keys, as local-api does, and can be in any mood. */
export interface ModelServer extends Transport {
  mood: Mood;
  /** How often each event is stored, by number. */
  readonly stored: ReadonlyMap<number, number>;
}

/** Events with such a number are refused when the server is choosy. */
export const isOdious = (number: number): boolean => number % 7 === 0;

export function createModelServer(): ModelServer {
  const stored = new Map<number, number>();
  const keys = new Set<string>();

  const store = (key: string, numbers: readonly number[]): HttpOutcome => {
    if (!keys.has(key)) for (const number of numbers) stored.set(number, (stored.get(number) ?? 0) + 1);
    keys.add(key);
    return response(202, { queued: numbers.length, skipped: 0 });
  };

  const server: ModelServer = {
    mood: "well",
    stored,
    async post({ headers, body }) {
      const numbers: number[] = JSON.parse(body).events.map(
        (event: { payload: { number: number } }) => event.payload.number,
      );
      const key = headers["idempotency-key"] ?? "";
      switch (server.mood) {
        case "well":
          return store(key, numbers);
        case "overloaded":
          return response(503);
        case "limited":
          return response(429, {}, "20");
        case "unreachable":
          return noConnection;
        case "hanging":
          return new Promise(() => {});
        case "answers get lost":
          store(key, numbers);
          return noConnection;
        case "wrong key":
          return response(401);
        // A key that was seen before gets its first answer again, before anything else is looked at.
        case "choosy":
          return numbers.some(isOdious) && !keys.has(key) ? response(400) : store(key, numbers);
        case "small bodies only":
          return body.length > 2_000 && !keys.has(key) ? response(413) : store(key, numbers);
      }
    },
  };
  return server;
}
