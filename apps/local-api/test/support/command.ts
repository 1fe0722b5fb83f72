import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { cliPath } from "./build-cli";

export interface Command {
  url: string;
  /** Everything printed so far. */
  lines: string[];
  process: ChildProcess;
  /** Sends a signal and resolves with the exit code, null when the signal itself ended the process. */
  end: (signal: NodeJS.Signals) => Promise<number | null>;
}

type Environment = { env: Record<string, string> };

/** Runs `segops-local` and resolves once it says where it listens and with which keys. */
export async function runCommand(...given: (string | Environment)[]): Promise<Command> {
  const { child, lines } = spawnCommand(given);
  const reader = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    reader.on("line", (line) => {
      lines.push(line);
      if (line.startsWith("Keys:")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`segops-local ended with ${code}: ${lines.join(" ")}`)));
  });
  const url = /http:\/\/\S+/.exec(lines.join("\n"))?.[0] ?? "";
  const end = async (signal: NodeJS.Signals) => {
    const exited = once(child, "exit");
    child.kill(signal);
    return (await exited)[0] as number | null;
  };
  return { url, lines, process: child, end };
}

/** Runs `segops-local` where it is expected to give up. */
export async function runFailing(...given: string[]): Promise<{ code: number; message: string }> {
  const { child, lines } = spawnCommand(given);
  const [code] = (await once(child, "close")) as [number];
  return { code, message: lines.join("\n") };
}

function spawnCommand(given: readonly (string | Environment)[]) {
  const texts = given.filter((each) => typeof each === "string");
  const { DATABASE_URL, ...env } = process.env;
  for (const each of given) if (typeof each !== "string") Object.assign(env, each.env);
  const child = spawn(process.execPath, [cliPath, ...texts], { env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => lines.push(line));
  return { child, lines };
}

/** An empty folder that goes when the test ends. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "segops-local-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
