/** One commit, as the log tells it. */
export interface Commit {
  readonly hash: string;
  readonly parents: readonly string[];
  /** Undefined where the commit's date is none that a calendar has. */
  readonly authoredAt: Date | undefined;
  readonly authorEmail: string;
  readonly authorName: string;
  readonly subject: string;
}

const FIELDS = ["%H", "%P", "%at", "%aE", "%aN", "%s"];

/**
 * Fields and commits alike end with NUL (with `-z`): the one character that no field can hold, so that nothing
 * needs to be quoted.
 */
export const COMMIT_FORMAT = FIELDS.join("%x00");

/** Puts commits together from pieces of `git log`'s output, wherever it was cut. */
export async function* parseCommits(chunks: AsyncIterable<string>): AsyncGenerator<Commit> {
  let unfinished = "";
  let fields: string[] = [];
  for await (const chunk of chunks) {
    const parts = (unfinished + chunk).split("\0");
    unfinished = parts.pop() ?? "";
    for (const part of parts) {
      fields.push(part);
      if (fields.length < FIELDS.length) continue;
      yield toCommit(fields);
      fields = [];
    }
  }
  if (unfinished !== "" || fields.length > 0) throw new Error("The log ends in the middle of a commit");
}

function toCommit(fields: readonly string[]): Commit {
  const [hash = "", parents = "", seconds = "", authorEmail = "", authorName = "", subject = ""] = fields;
  return {
    hash,
    parents: parents === "" ? [] : parents.split(" "),
    authoredAt: toDate(seconds),
    authorEmail,
    authorName,
    subject,
  };
}

const LAST_YEAR = 9999;

function toDate(seconds: string): Date | undefined {
  const date = new Date(seconds === "" ? Number.NaN : Number(seconds) * 1000);
  const year = date.getUTCFullYear();
  return year >= 0 && year <= LAST_YEAR ? date : undefined;
}
