import type { WireEvent } from "../event";
import type { HttpOutcome, HttpRequest, Transport } from "../runtime";

/** An answer: a status, a whole outcome, a way to make one, or `hang` for none. */
export type Reply =
  | number
  | HttpOutcome
  | "hang"
  | ((request: HttpRequest) => HttpOutcome | Promise<HttpOutcome>);

/** A request as a test reads it. */
export interface SeenRequest extends HttpRequest {
  readonly path: string;
  /** The events of a batch; empty for any other request. */
  readonly events: readonly WireEvent[];
}

/** A transport that answers as a test says, and remembers what it was asked. */
export interface ScriptedTransport extends Transport {
  readonly requests: readonly SeenRequest[];
  /** Events in requests that were answered with a 2xx, in order, repeats included. */
  readonly received: readonly WireEvent[];
  readonly closed: boolean;
  /** Queues answers to ingestion requests; when there are none left, the fallback answers. */
  reply(...replies: Reply[]): void;
  /** Answers whenever nothing is queued. Default: 202. */
  fallback(reply: Reply): void;
  /** Queues answers to session requests. Default: a fresh token for each. */
  replySession(...replies: Reply[]): void;
}

const pathOf = (url: string): string => url.replace(/^\w+:\/\/[^/]+/, "");

/** What a server answers with this status. */
export function response(status: number, body: unknown = {}, retryAfter?: string): HttpOutcome {
  return {
    kind: "response",
    status,
    body: JSON.stringify(body),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** No answer at all. */
export const noConnection: HttpOutcome = { kind: "failed", reason: "ECONNREFUSED" };

export function createScriptedTransport(now: () => number): ScriptedTransport {
  const requests: SeenRequest[] = [];
  const received: WireEvent[] = [];
  const replies: Reply[] = [];
  const sessionReplies: Reply[] = [];
  let fallback: Reply = 202;
  let closed = false;
  let tokens = 0;

  const freshToken = (): HttpOutcome => {
    tokens++;
    return response(200, {
      token: `token-${tokens}`,
      expires_at: new Date(now() + 900_000).toISOString(),
      uid: "test",
    });
  };

  const answer = (reply: Reply, request: SeenRequest): HttpOutcome | Promise<HttpOutcome> => {
    if (reply === "hang") return new Promise(() => {});
    if (typeof reply === "function") return reply(request);
    if (typeof reply !== "number") return reply;
    return response(
      reply,
      reply === 202 ? { queued: request.events.length, skipped: 0 } : { detail: `answer ${reply}` },
    );
  };

  return {
    requests,
    received,
    get closed() {
      return closed;
    },
    async post(request) {
      const path = pathOf(request.url);
      const { events = [] } = JSON.parse(request.body);
      const seen = { ...request, path, events };
      requests.push(seen);
      const reply = path.startsWith("/api/auth/")
        ? (sessionReplies.shift() ?? freshToken)
        : (replies.shift() ?? fallback);
      const outcome = await answer(reply, seen);
      if (outcome.kind === "response" && outcome.status < 300) received.push(...events);
      return outcome;
    },
    close() {
      closed = true;
    },
    reply(...more) {
      replies.push(...more);
    },
    fallback(reply) {
      fallback = reply;
    },
    replySession(...more) {
      sessionReplies.push(...more);
    },
  };
}
