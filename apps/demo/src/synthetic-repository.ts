import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface SyntheticRepository {
  readonly commits: number;
  readonly authors: number;
}

const FIRST_COMMIT_AT = 1_600_000_000;
const SECONDS_BETWEEN_COMMITS = 600;
const SUBJECTS = [
  "Fix the till's rounding",
  'Say "thank you" after an order',
  "Größen in Zentimetern, 尺寸, 📦",
  "Back\\slash and tab\tin a subject",
  "",
];

/** Makes a repository of empty commits, tens of thousands a second: a log of any length to try a replay with. */
export async function createSyntheticRepository(
  folder: string,
  { commits, authors }: SyntheticRepository,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await feed(folder, ["init", "--quiet", "--initial-branch=main"], []);
  await feed(folder, ["fast-import", "--quiet"], fastImport({ commits, authors }));
}

function* fastImport({ commits, authors }: SyntheticRepository): Generator<string> {
  for (let index = 0; index < commits; index += 1) {
    const author = index % authors;
    const time = FIRST_COMMIT_AT + index * SECONDS_BETWEEN_COMMITS;
    const subject = SUBJECTS[index % SUBJECTS.length];
    const message = subject === "" ? "" : `${subject}\n\nCommit number ${index + 1}.\n`;
    yield [
      "commit refs/heads/main",
      `author Author ${author} <author-${author}@example.com> ${time} +0200`,
      `committer Committer <committer@example.com> ${time} +0000`,
      `data ${Buffer.byteLength(message)}`,
      message,
    ].join("\n");
  }
}

async function feed(folder: string, args: readonly string[], input: Iterable<string>): Promise<void> {
  const child = spawn("git", ["-C", folder, ...args], { stdio: ["pipe", "inherit", "inherit"] });
  const ended = once(child, "close");
  await pipeline(Readable.from(input), child.stdin);
  const [code] = await ended;
  if (code !== 0) throw new Error(`git ${args[0]} in ${folder} ended with code ${code}`);
}
