import { spawn } from "node:child_process";
import { request } from "node:http";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface RunningRecipe {
  readonly port: number;
  terminate(): void;
  /** How it ended. */
  readonly end: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Runs a recipe as it stands, on the sources of the packages. Resolves once it listens. */
export async function startRecipe(file: URL, apiUrl: string): Promise<RunningRecipe> {
  const child = spawn(
    process.execPath,
    ["--conditions=@segops/source", "--import", "tsx", fileURLToPath(file)],
    {
      cwd: fileURLToPath(new URL("../../", import.meta.url)),
      env: {
        NODE_OPTIONS: "--unhandled-rejections=strict",
        SEGOPS_API_URL: apiUrl,
        SEGOPS_SECRET_KEY: "sk_test_key",
        PORT: "0",
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const end = new Promise<Awaited<RunningRecipe["end"]>>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      const [, found] = /port: (\d+)/.exec(line) ?? [];
      if (found) resolve(Number(found));
    });
    void end.then(() => reject(new Error("the recipe ended before it listened")));
  });
  return { port, end, terminate: () => child.kill("SIGTERM") };
}

export interface Order {
  readonly userId: string;
  readonly number: number;
  readonly total: number;
}

export const order = (number: number): Order => ({ userId: "ada", number, total: 42 });

/** A request whose body is half sent when it resolves. */
export function startOrder(port: number, placed: Order): Promise<{ finish(): Promise<number | undefined> }> {
  const body = JSON.stringify(placed);
  const headers = { "content-type": "application/json", "content-length": body.length };
  const sending = request({ port, path: "/orders", method: "POST", headers, agent: false });
  const status = new Promise<number | undefined>((resolve, reject) => {
    sending.on("error", reject).on("response", (answer) => resolve(answer.resume().statusCode));
  });
  return new Promise((resolve) => {
    sending.write(body.slice(0, 5), () =>
      resolve({
        finish() {
          sending.end(body.slice(5));
          return status;
        },
      }),
    );
  });
}

export const placeOrder = async (port: number, placed: Order): Promise<number | undefined> =>
  (await startOrder(port, placed)).finish();

/** Resolves when the server takes no more connections. */
export async function closedTo(port: number): Promise<void> {
  const isOpen = await new Promise<boolean>((resolve) => {
    const probe = connect(port, "localhost", () => {
      probe.destroy();
      resolve(true);
    });
    probe.on("error", () => resolve(false));
  });
  if (isOpen) await closedTo(port);
}
