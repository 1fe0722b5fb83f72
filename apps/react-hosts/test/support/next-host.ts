import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { hostEnv, installHost } from "./host";

const next = createRequire(import.meta.url).resolve("next/dist/bin/next");

/** A Next.js application that was built and is served by Next.js itself. */
export interface NextHost {
  readonly url: string;
  /** What the build has printed. */
  readonly buildLog: string;
  /** What the server has printed since it listens. */
  readonly printed: readonly string[];
  close(): Promise<void>;
}

export async function serveNextHost(apiUrl: string): Promise<NextHost> {
  const host = await installHost("next");
  const buildLog = await host.build(next, ["build"], { NEXT_PUBLIC_SEGOPS_API_URL: apiUrl });
  const server = spawn(process.execPath, [next, "start", "--hostname", "127.0.0.1", "--port", "0"], {
    cwd: host.folder,
    env: hostEnv(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    const read = (line: string): void => {
      printed.push(line);
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (address) resolve(address);
    };
    createInterface(server.stdout).on("line", read);
    createInterface(server.stderr).on("line", read);
    server.once("exit", () => reject(new Error(`next start: ${printed.join("\n")}`)));
  });
  return {
    url,
    buildLog,
    printed,
    async close() {
      server.kill();
      await once(server, "exit");
      await host.remove();
    },
  };
}
