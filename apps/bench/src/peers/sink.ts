import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { bodyText } from "./body-text";
import { EventCount } from "./event-count";
import { markersIn } from "./marker";
import { answerFor, CORS_HEADERS } from "./sink-answers";

/** What becomes of a request with events in it. `reset after` has the server keep the events first. */
export type Fate =
  | "taken"
  | "reset"
  | "reset after"
  | { readonly status: number; readonly retryAfter?: number };

/** The server that all SDKs send to. It counts the events by the markers they carry. */
export interface PeerSink {
  readonly url: string;
  readonly events: EventCount;
  /** Requests with events in them, those that failed included. */
  readonly requests: number;
  /** Resolves when so many different events are there, or the time is up. */
  arrived(unique: number, timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface PeerSinkOptions {
  /** Decided for each request with events, the first being number 1. */
  readonly fate?: (request: number) => Fate;
  /** How long an answer takes, as on a network. */
  readonly answerAfterMs?: number;
}

export async function startPeerSink({ fate, answerAfterMs = 0 }: PeerSinkOptions = {}): Promise<PeerSink> {
  const events = new EventCount();
  let requests = 0;
  const server = createServer(async (request, response) => {
    const numbers = markersIn(bodyText(await readBody(request)));
    if (numbers.length > 0) requests += 1;
    const decided = numbers.length > 0 ? (fate?.(requests) ?? "taken") : "taken";
    if (decided === "taken" || decided === "reset after") events.add(numbers);
    if (decided === "reset" || decided === "reset after") return void request.socket.resetAndDestroy();
    if (answerAfterMs > 0) await pause(answerAfterMs);
    respond(request, response, decided, url);
  });
  // A page that goes away in the middle of a request is nothing to fail by.
  server.on("clientError", (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    events,
    get requests() {
      return requests;
    },
    async arrived(unique, timeoutMs) {
      const deadline = performance.now() + timeoutMs;
      while (events.unique < unique && performance.now() < deadline) await pause(20);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return Buffer.alloc(0);
  }
  return Buffer.concat(chunks);
}

function respond(
  { method = "GET", url: path = "/", headers }: IncomingMessage,
  response: ServerResponse,
  fate: Exclude<Fate, "reset" | "reset after">,
  sinkUrl: string,
): void {
  for (const [name, value] of Object.entries(CORS_HEADERS)) response.setHeader(name, value);
  response.setHeader("access-control-allow-origin", headers.origin ?? "*");
  response.setHeader("access-control-allow-headers", headers["access-control-request-headers"] ?? "*");
  if (method === "OPTIONS") return void response.writeHead(204).end();
  response.setHeader("content-type", "application/json");
  if (fate === "taken") {
    const { status, body } = answerFor(path, sinkUrl);
    return void response.writeHead(status).end(body && JSON.stringify(body));
  }
  if (fate.retryAfter !== undefined) response.setHeader("retry-after", fate.retryAfter);
  response.writeHead(fate.status).end("{}");
}
