import { ApiError } from "../errors";

/** Between these, every database reads a time. */
const EARLIEST = new Date("0001-01-01T00:00:00Z");
const LATEST = new Date("9999-12-31T23:59:59.999Z");

/** Where a page ended: a time, and what tells rows of the same time apart. */
export interface Position<Tie extends string | number> {
  at: Date;
  tie: Tie;
}

/** A position as an opaque text. */
export function toCursor({ at, tie }: Position<string | number>): string {
  return Buffer.from(JSON.stringify([at.getTime(), tie])).toString("base64url");
}

/** The position in a cursor. Its tie has the type of the given one. */
export function fromCursor<Tie extends string | number>(
  cursor: string,
  isTie: (tie: unknown) => tie is Tie,
): Position<Tie> {
  try {
    const [ms, tie] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    const at = new Date(ms as number);
    if (at >= EARLIEST && at <= LATEST && isTie(tie)) return { at, tie };
  } catch {
    // The answer below says what is wrong.
  }
  throw new ApiError(400, { cursor: ["This is no cursor. Take next_cursor from the page before."] });
}

export function isText(tie: unknown): tie is string {
  return typeof tie === "string";
}

export function isId(tie: unknown): tie is number {
  return Number.isSafeInteger(tie);
}
