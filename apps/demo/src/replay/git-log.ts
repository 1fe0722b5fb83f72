import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { COMMIT_FORMAT, type Commit, parseCommits } from "./commit-parser";

/** The repository cannot be read. The message says which, why, and what to do. */
export class GitError extends Error {
  override readonly name = "GitError";
}

export interface LogOptions {
  /** Only the newest so many commits. */
  readonly limit?: number | undefined;
}

/** How many commits `readCommits` would give. Throws GitError when there is nothing to read. */
export async function countCommits(repository: string, { limit }: LogOptions = {}): Promise<number> {
  await git(repository, ["rev-parse", "--git-dir"], (reason) =>
    reason.includes("not a git repository")
      ? `${repository} is not a git repository. Give the path of one, such as "."`
      : `git cannot read ${repository}: ${reason}`,
  );
  const count = await git(repository, ["rev-list", "--count", ...atMost(limit), "HEAD", "--"], (reason) =>
    /bad revision|unknown revision|ambiguous argument/.test(reason)
      ? `${repository} has no commits on its current branch, so there is nothing to replay`
      : `git cannot count the commits of ${repository}: ${reason}`,
  );
  return Number(count);
}

/** Streams the log of the current branch, oldest commit first. Git waits while nobody reads. */
export async function* readCommits(repository: string, { limit }: LogOptions = {}): AsyncGenerator<Commit> {
  const log = ["log", "-z", "--reverse", "--no-show-signature", "--encoding=UTF-8", ...atMost(limit)];
  const child = startGit(repository, [...log, `--format=tformat:${COMMIT_FORMAT}`, "HEAD", "--"]);
  const ended = whenEnded(child);
  try {
    yield* parseCommits(child.stdout.setEncoding("utf8"));
    const { code, stderr } = await ended;
    if (code !== 0) throw new GitError(`git log of ${repository} ended early: ${stderr || `code ${code}`}`);
  } finally {
    child.kill();
  }
}

async function git(
  repository: string,
  args: readonly string[],
  explain: (reason: string) => string,
): Promise<string> {
  const child = startGit(repository, args);
  const ended = whenEnded(child);
  let output = "";
  for await (const text of child.stdout.setEncoding("utf8")) output += text;
  const { code, stderr } = await ended;
  if (code !== 0) throw new GitError(explain(stderr || `code ${code}`));
  return output.trim();
}

function atMost(limit: number | undefined): string[] {
  return limit === undefined ? [] : [`--max-count=${limit}`];
}

type GitProcess = ChildProcessByStdio<null, Readable, Readable>;

function startGit(repository: string, args: readonly string[]): GitProcess {
  return spawn("git", ["-C", repository, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: a terminal's Ctrl-C is for us to handle.
    detached: process.platform !== "win32",
    // Messages are told apart by their English text; GIT_DIR would win over the given path.
    env: { ...process.env, LC_ALL: "C", GIT_DIR: undefined, GIT_WORK_TREE: undefined },
  });
}

function whenEnded(child: GitProcess): Promise<{ code: number | null; stderr: string }> {
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve, reject) => {
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      stderr += text;
    });
    child.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        new GitError(
          error.code === "ENOENT"
            ? "git was not found. Install git, or put it on the PATH"
            : `git could not be started: ${error.message}`,
        ),
      ),
    );
    child.once("close", (code) => resolve({ code, stderr: stderr.trim().replace(/^fatal: /, "") }));
  });
  // It may fail before anybody awaits it.
  ended.catch(() => {});
  return ended;
}
