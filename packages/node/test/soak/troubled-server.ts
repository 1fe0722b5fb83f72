import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Counts events by number, whatever their number, and treats a share of the requests badly. */
export interface TroubledServer {
  readonly url: string;
  /** Ends all trouble. */
  heal(): void;
  counts(): {
    readonly stored: number;
    readonly storedTwice: number;
    readonly faults: Readonly<Record<string, number>>;
  };
  close(): Promise<void>;
}

/** About so many requests meet trouble, whatever the number of events: each costs a pause. */
const TROUBLES = 300;
const EVENTS_PER_REQUEST = 500;
/** A body of this many bytes is too large when the server is in the mood. */
const TOO_LARGE_BYTES = 20_000;

/**
 * @param events The highest number an event may have.
 * @param seed Makes the same trouble again.
 */
export async function startTroubledServer(events: number, seed: number): Promise<TroubledServer> {
  const copies = new Uint8Array(events + 1);
  const keys = new Set<string>();
  const faults: Record<string, number> = {};
  let state = seed;
  let isHealed = false;

  const share = Math.min(1 / 12, (TROUBLES * EVENTS_PER_REQUEST) / events);
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const trouble = (): string | undefined => {
    if (isHealed || random() > share) return undefined;
    const kinds = ["503", "429", "reset", "lost answer", "half answer", "413", "slow"];
    const kind = kinds[Math.floor(random() * kinds.length)] ?? "503";
    faults[kind] = (faults[kind] ?? 0) + 1;
    return kind;
  };
  const store = (key: string, body: string): void => {
    if (keys.has(key)) return;
    keys.add(key);
    for (const [, number] of body.matchAll(/"number":(\d+)/g))
      copies[Number(number)] = (copies[Number(number)] ?? 0) + 1;
  };

  const server = createServer((request, response) => {
    const kind = trouble();
    if (kind === "reset") {
      request.socket.destroy();
      return;
    }
    let body = "";
    request.setEncoding("latin1").on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const accept = (): void => {
        store(String(request.headers["idempotency-key"]), body);
        response.writeHead(202, { "content-type": "application/json" }).end('{"queued":1,"skipped":0}');
      };
      // A server that honours keys never calls a batch too large that it has stored before: its answer was lost.
      const isTooLarge =
        body.length > TOO_LARGE_BYTES && !keys.has(String(request.headers["idempotency-key"]));
      if (kind === undefined || (kind === "413" && !isTooLarge)) accept();
      else if (kind === "slow") setTimeout(accept, 50);
      else if (kind === "lost answer") {
        store(String(request.headers["idempotency-key"]), body);
        request.socket.destroy();
      } else if (kind === "half answer") {
        response.writeHead(202, { "content-length": 100 });
        response.write("{");
        setImmediate(() => request.socket.destroy());
      } else response.writeHead(Number(kind), { "retry-after": "0" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heal() {
      isHealed = true;
    },
    counts: () => ({
      stored: copies.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0),
      storedTwice: copies.reduce((sum, count) => sum + (count > 1 ? 1 : 0), 0),
      faults,
    }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
