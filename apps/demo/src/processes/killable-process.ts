import { type ChildProcess, fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ProcessState } from "./process-state";

/** What a process says when it was told to start. */
export type FirstAnswer<Listening> =
  | ({ readonly type: "listening" } & Listening)
  | { readonly type: "failed"; readonly message: string };

/** A process of the demo's that can be killed, and started again. */
export class KillableProcess<Options extends object, Listening extends object, Message extends object> {
  readonly #name: string;
  readonly #script: string;
  readonly #emitter = new EventEmitter();
  #child: ChildProcess | undefined;
  #state: ProcessState = "down";
  #starts = 0;

  /** @param script In the build it lies beside this module. */
  constructor(name: string, script: string) {
    this.#name = name;
    this.#script = fileURLToPath(new URL(script, import.meta.url));
  }

  get state(): ProcessState {
    return this.#state;
  }

  /** How often it was started: tells those that were killed from the one that runs. */
  get starts(): number {
    return this.#starts;
  }

  onChange(listener: () => void): void {
    this.#emitter.on("change", listener);
  }

  /** @param listener Called with what a process says, and which start's it is: it may be dead by then. */
  onMessage(listener: (message: Message, start: number) => void): void {
    this.#emitter.on("message", listener);
  }

  /** @throws Error with what to do when it cannot start. */
  async start(options: Options): Promise<Listening> {
    this.#starts += 1;
    this.#become("starting");
    const start = this.#starts;
    const child = fork(this.#script, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    this.#child = child;
    child.on("message", (message: Message) => this.#emitter.emit("message", message, start));
    // With all that it has said.
    child.once("close", () => this.#become("down"));
    const answer = firstAnswer<Listening>(child, this.#name);
    child.send({ type: "start", ...options });
    const message = await answer;
    if (message.type === "failed") throw new Error(message.message);
    this.#become("running");
    return message;
  }

  /** Is left out where nobody is there to hear it. */
  tell(message: object): void {
    if (this.#child?.connected) this.#child.send(message);
  }

  /** SIGKILL: no handler runs, no connection is closed in order. */
  async kill(): Promise<void> {
    if (this.#state !== "running" || !this.#child) return;
    const ended = once(this.#child, "close");
    this.#child.kill("SIGKILL");
    await ended;
  }

  /** Ends it in order. */
  async close(): Promise<void> {
    if (this.#state !== "running" || !this.#child) return;
    const ended = once(this.#child, "close");
    this.tell({ type: "close" });
    await ended;
  }

  #become(state: ProcessState): void {
    this.#state = state;
    this.#emitter.emit("change");
  }
}

function firstAnswer<Listening>(child: ChildProcess, name: string): Promise<FirstAnswer<Listening>> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: FirstAnswer<Listening>) => {
      if (message.type === "listening" || message.type === "failed") resolve(message);
    });
    child.once("error", reject);
    child.once("close", () => reject(new Error(`${name} ended before it could listen.`)));
  });
}
