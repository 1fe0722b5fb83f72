import { execFile } from "node:child_process";

/** Runs a command and gives its standard output; fails with the last thing it said. */
export function command(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, maxBuffer: 2 ** 26, timeout: 300_000 }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-3).join(" ");
      reject(new Error(`${program} ${args[0]}: ${said || error.message}`));
    });
  });
}
