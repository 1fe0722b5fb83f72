import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Commit } from "../src/replay/commit-parser";
import { countCommits, GitError, type LogOptions, readCommits } from "../src/replay/git-log";
import { createSyntheticRepository } from "../src/synthetic-repository";
import { temporaryFolder } from "./support/folder";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let repository: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  repository = path.join(folder.path, "repository");
  await createSyntheticRepository(repository, { commits: 300, authors: 7 });
});
afterAll(() => folder.remove());

describe("reading a log", () => {
  test("gives every commit, oldest first", async () => {
    const commits = await read();
    const hashes = execFileSync("git", ["-C", repository, "rev-list", "--reverse", "HEAD"], {
      encoding: "utf8",
    });
    expect(commits.map(({ hash }) => hash)).toEqual(hashes.trim().split("\n"));
    expect(new Set(commits.map(({ authorEmail }) => authorEmail)).size).toBe(7);
    expect(commits[0]).toMatchObject({
      parents: [],
      authorName: "Author 0",
      authorEmail: "author-0@example.com",
      authoredAt: new Date("2020-09-13T12:26:40Z"),
      subject: "Fix the till's rounding",
    });
    expect(commits[1]?.parents).toEqual([commits[0]?.hash]);
    expect(commits.slice(1, 5).map(({ subject }) => subject)).toEqual([
      'Say "thank you" after an order',
      "Größen in Zentimetern, 尺寸, 📦",
      "Back\\slash and tab\tin a subject",
      "",
    ]);
  });

  test("stops at the limit, with the newest commits", async () => {
    const all = await read();
    expect(await read({ limit: 10 })).toEqual(all.slice(-10));
    expect(await countCommits(repository, { limit: 10 })).toBe(10);
    expect(await countCommits(repository)).toBe(300);
  });

  test("ends git when the reader leaves", async () => {
    for await (const commit of readCommits(repository)) {
      expect(commit.subject).toBe("Fix the till's rounding");
      break;
    }
  });

  test("reads the given repository, whatever GIT_DIR says", async () => {
    vi.stubEnv("GIT_DIR", path.join(folder.path, "elsewhere"));
    expect(await countCommits(repository)).toBe(300);
    vi.unstubAllEnvs();
  });
});

describe("what cannot be read", () => {
  test("a folder that is no repository", async () => {
    const plain = path.join(folder.path, "plain");
    mkdirSync(plain);
    await expect(countCommits(plain)).rejects.toThrow(
      `${plain} is not a git repository. Give the path of one`,
    );
  });

  test("a folder that does not exist", async () => {
    await expect(countCommits(path.join(folder.path, "missing"))).rejects.toThrow(
      "No such file or directory",
    );
  });

  test("a repository without commits", async () => {
    const empty = path.join(folder.path, "empty");
    mkdirSync(empty);
    execFileSync("git", ["-C", empty, "init", "--quiet"]);
    await expect(countCommits(empty)).rejects.toThrow(`${empty} has no commits on its current branch`);
    await expect(read({}, empty)).rejects.toThrow(GitError);
  });

  test("anything, where git is missing", async () => {
    vi.stubEnv("PATH", folder.path);
    await expect(countCommits(repository)).rejects.toThrow("git was not found. Install git");
    await expect(read()).rejects.toThrow("git was not found. Install git");
    vi.unstubAllEnvs();
  });
});

async function read(options: LogOptions = {}, from = repository): Promise<Commit[]> {
  const commits: Commit[] = [];
  for await (const commit of readCommits(from, options)) commits.push(commit);
  return commits;
}
