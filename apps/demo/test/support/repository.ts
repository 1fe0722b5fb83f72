import { execFileSync } from "node:child_process";

/** What git itself says is in the log. */
export function commitHashes(repository: string): string[] {
  const output = execFileSync("git", ["-C", repository, "rev-list", "HEAD"], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return output.trim().split("\n");
}
