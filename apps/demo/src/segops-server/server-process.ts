import { KillableProcess } from "../processes/killable-process";
import type { ProcessState } from "../processes/process-state";
import type { FromServer, ServerListening, ServerOptions } from "./protocol";

/** The SegOps server that the demo runs beside itself: it can be killed, and started again at the same address. */
export class ServerProcess {
  readonly url: string;
  /** The events that were stored before the demo began. */
  readonly storedBefore: number;
  readonly #options: ServerOptions;
  readonly #process: Server;

  private constructor(process: Server, options: ServerOptions, { url, stored }: ServerListening) {
    this.#process = process;
    this.#options = { ...options, port: Number(new URL(url).port), strictPort: true };
    this.url = url;
    this.storedBefore = stored;
  }

  /**
   * @param given Another port is taken where that one is not free.
   * @throws Error with what to do when it cannot start.
   */
  static async start(given: Omit<ServerOptions, "strictPort">): Promise<ServerProcess> {
    const process: Server = new KillableProcess("The SegOps server", "./segops-server.js");
    const options = { ...given, strictPort: false };
    return new ServerProcess(process, options, await process.start(options));
  }

  get state(): ProcessState {
    return this.#process.state;
  }

  onChange(listener: () => void): void {
    this.#process.onChange(listener);
  }

  kill(): Promise<void> {
    return this.#process.kill();
  }

  async restart(): Promise<void> {
    if (this.state === "down") await this.#process.start(this.#options);
  }

  close(): Promise<void> {
    return this.#process.close();
  }
}

type Server = KillableProcess<ServerOptions, ServerListening, FromServer>;
