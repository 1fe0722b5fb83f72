import { type ChildProcess, fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { fileURLToPath } from "node:url";
import type { FromServer, ToServer } from "./protocol";

export type ServerState = "starting" | "running" | "down";

export interface ServerProcessOptions {
  /** Another free one is taken when it is not free. */
  readonly port: number;
  readonly data: string;
  readonly hmacSecret: string;
}

/** In the build both lie side by side. */
const script = fileURLToPath(new URL("./segops-server.js", import.meta.url));

/** The SegOps server that the demo runs beside itself: it can be killed, and started again at the same address. */
export class ServerProcess {
  readonly url: string;
  /** The events that were stored before the demo began. */
  readonly storedBefore: number;
  readonly refusedBefore: number;
  readonly #options: ServerProcessOptions;
  readonly #emitter = new EventEmitter();
  #child: ChildProcess;
  #state: ServerState = "running";

  private constructor(options: ServerProcessOptions, { child, listening }: Started) {
    this.#options = options;
    this.url = listening.url;
    this.storedBefore = listening.stored;
    this.refusedBefore = listening.refused;
    this.#child = child;
    this.#watch(child);
  }

  /** @throws Error with what to do when it cannot start. */
  static async start(options: ServerProcessOptions): Promise<ServerProcess> {
    return new ServerProcess(options, await launch({ ...options, strictPort: false }));
  }

  get state(): ServerState {
    return this.#state;
  }

  onChange(listener: () => void): void {
    this.#emitter.on("change", listener);
  }

  /** SIGKILL: no handler runs, no connection is closed in order. */
  async kill(): Promise<void> {
    if (this.#state !== "running") return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }

  async restart(): Promise<void> {
    if (this.#state !== "down") return;
    this.#become("starting");
    try {
      const port = Number(new URL(this.url).port);
      const { child } = await launch({ ...this.#options, port, strictPort: true });
      this.#child = child;
      this.#watch(child);
      this.#become("running");
    } catch (error) {
      this.#become("down");
      throw error;
    }
  }

  /** Ends it in order. */
  async close(): Promise<void> {
    if (this.#state !== "running") return;
    const ended = once(this.#child, "exit");
    tell(this.#child, { type: "close" });
    await ended;
  }

  #watch(child: ChildProcess): void {
    child.once("exit", () => this.#become("down"));
  }

  #become(state: ServerState): void {
    this.#state = state;
    this.#emitter.emit("change");
  }
}

interface Started {
  readonly child: ChildProcess;
  readonly listening: FromServer & { type: "listening" };
}

async function launch(options: Omit<ToServer & { type: "start" }, "type">): Promise<Started> {
  const child = fork(script, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const answer = new Promise<FromServer>((resolve, reject) => {
    child.once("message", resolve);
    child.once("error", reject);
    child.once("exit", () => reject(new Error("The SegOps server ended before it could listen.")));
  });
  tell(child, { type: "start", ...pick(options) });
  const message = await answer;
  if (message.type === "failed") throw new Error(message.message);
  child.removeAllListeners("exit");
  return { child, listening: message };
}

/** Nothing but what the other process is to know. */
function pick({ port, strictPort, data, hmacSecret }: Omit<ToServer & { type: "start" }, "type">) {
  return { port, strictPort, data, hmacSecret };
}

function tell(child: ChildProcess, message: ToServer): void {
  child.send(message);
}
