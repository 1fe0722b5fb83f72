import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

/** How the server treats one request. */
export type Fault =
  | { readonly status: number; readonly retryAfter?: string }
  /** Never answers. */
  | "hang"
  /** Cuts the connection before it has read the request. */
  | "reset"
  /** Cuts the connection in the middle of the answer's body. */
  | "half answer"
  /** Stores the events, then cuts the connection. */
  | "lost answer"
  /** Answers well, after so many milliseconds. */
  | { readonly afterMs: number };

export interface SeenRequest {
  readonly key: string | undefined;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly numbers: readonly number[];
  readonly body: string;
  readonly at: number;
}

/** A real server that fails as a test tells it to, and honours Idempotency-Key as the contract asks. */
export interface FaultServer {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** The numbers of stored events, in order; one that is stored twice is here twice. */
  readonly stored: readonly number[];
  /** Connections that were ever opened. */
  readonly connections: number;
  /** The next requests meet these faults; then all is well, or what `always` says. */
  next(...faults: Fault[]): void;
  always(fault: ((numbers: readonly number[], body: string) => Fault | undefined) | undefined): void;
  /** Resolves when so many different events are stored. */
  waitForStored(count: number): Promise<void>;
  /** Resolves when each of these events is stored. */
  waitForAll(numbers: readonly number[]): Promise<void>;
  close(): Promise<void>;
}

export async function startFaultServer(port = 0): Promise<FaultServer> {
  const requests: SeenRequest[] = [];
  const stored: number[] = [];
  const keys = new Set<string>();
  const faults: Fault[] = [];
  const waiting = new Set<() => void>();
  let standing: ((numbers: readonly number[], body: string) => Fault | undefined) | undefined;
  let connections = 0;

  const store = (key: string | undefined, numbers: readonly number[]): void => {
    if (key === undefined || !keys.has(key)) stored.push(...numbers);
    if (key !== undefined) keys.add(key);
    for (const check of waiting) check();
  };

  const storedEnough = (isEnough: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (!isEnough()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });

  const accept = (request: SeenRequest, response: ServerResponse): void => {
    store(request.key, request.numbers);
    response.writeHead(202, { "content-type": "application/json" });
    response.end(JSON.stringify({ queued: request.numbers.length, skipped: 0 }));
  };

  const server = createServer(async (incoming, response) => {
    const queued = faults[0] === "reset" ? faults.shift() : undefined;
    if (queued) {
      incoming.socket.destroy();
      return;
    }
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
    } catch {
      return;
    }
    const raw = Buffer.concat(chunks);
    const body = String(incoming.headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw);
    const numbers: number[] = JSON.parse(body).events.map(
      (event: { payload: { number: number } }) => event.payload.number,
    );
    const key = incoming.headers["idempotency-key"];
    const request = {
      key: Array.isArray(key) ? key[0] : key,
      path: incoming.url ?? "",
      headers: incoming.headers,
      numbers,
      body,
      at: performance.now(),
    };
    requests.push(request);
    const fault = faults.shift() ?? standing?.(numbers, body);
    if (fault === "hang") return;
    if (fault === "reset" || fault === "lost answer") {
      if (fault === "lost answer") store(request.key, numbers);
      incoming.socket.destroy();
    } else if (fault === "half answer") {
      response.writeHead(202, { "content-length": 1_000 });
      response.write('{"queued":');
      setImmediate(() => incoming.socket.destroy());
    } else if (fault && "afterMs" in fault) {
      setTimeout(() => accept(request, response), fault.afterMs);
    } else if (fault) {
      response.writeHead(
        fault.status,
        fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter },
      );
      response.end(JSON.stringify({ detail: `as told: ${fault.status}` }));
    } else {
      accept(request, response);
    }
  });
  server.on("connection", () => {
    connections++;
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stored,
    get connections() {
      return connections;
    },
    next: (...more) => {
      faults.push(...more);
    },
    always: (fault) => {
      standing = fault;
    },
    waitForStored: (count) => storedEnough(() => new Set(stored).size >= count),
    waitForAll(numbers) {
      const missing = new Set(numbers);
      let seen = 0;
      return storedEnough(() => {
        for (; seen < stored.length; seen++) missing.delete(stored[seen] ?? Number.NaN);
        return missing.size === 0;
      });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
