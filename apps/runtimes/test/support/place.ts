import type { Consumer } from "./consumer";

/** Where the packed packages are tried: a runtime, a browser, or what a bundler made for one of them. */
export interface Place {
  readonly name: string;
  /** Why it cannot be tried on this machine. */
  readonly missing?: string | undefined;
  /** What the compiler complains about. Undefined: there is nothing to compile here. */
  typecheck?(consumer: Consumer): Promise<string>;
  /** Runs the story and resolves when the program, page or isolate has ended. */
  run(consumer: Consumer, connection: PlaceConnection): Promise<void>;
}

/** Where the story sends its events: a workspace for each place. */
export interface PlaceConnection {
  readonly apiUrl: string;
  readonly secretKey: string;
  readonly publicKey: string;
  /** Resolves when the server has the whole story: for a place that goes on in the background. */
  allArrived(): Promise<unknown>;
}
