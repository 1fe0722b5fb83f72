/** How long a read may take, so that no query can hold the server. */
export const QUERY_LIMIT_MS = 30_000;

/** A query was stopped because it took too long. */
export class QueryTimeout extends Error {
  override readonly name = "QueryTimeout";

  constructor(limitMs: number, options?: ErrorOptions) {
    super(
      `The query was stopped after ${limitMs} ms. Narrow it down: a shorter window, fewer conditions.`,
      options,
    );
  }
}
