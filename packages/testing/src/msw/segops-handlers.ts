import type { AnyCatalogue, Catalogue } from "@segops/core";
import { type HttpHandler, HttpResponse, http } from "msw";
import { createEventRecord, type EventRecord } from "../event-record";
import type { Fault } from "../fault";
import { createFaultQueue } from "./faults";
import { createIngestion, type RejectedEvent } from "./ingestion";
import { createSessionTokens, type Session } from "./session-tokens";
import { isObject } from "./wire-event";

export interface SegOpsHandlersOptions {
  /** The `apiUrl` that the client under test is built with. Default: any host. */
  readonly apiUrl?: string;
}

/** A request that was answered, whatever with. */
export interface SeenRequest {
  /** Such as `/api/ingestion/track/batch/`. */
  readonly path: string;
  /** 0: a network error. */
  readonly status: number;
  /** The events in it, taken or not. */
  readonly events: number;
}

/** A SegOps server for MSW: it answers as the real one does, records what it takes, and fails when it is told to. */
export interface SegOpsHandlers<Events extends Catalogue = AnyCatalogue> extends EventRecord<Events> {
  /** For `setupServer(...segops.handlers)` or `setupWorker(...segops.handlers)`. */
  readonly handlers: HttpHandler[];
  /** Every request so far, oldest first. */
  requests(): readonly SeenRequest[];
  /** Events that were refused because they break the contract. */
  rejected(): readonly RejectedEvent[];
  /**
   * The next ingestion requests fail.
   *
   * @param times So many of them. Default: 1.
   * @example segops.failNext({ status: 429, retryAfterSeconds: 2 });
   */
  failNext(fault: Fault, times?: number): void;
  /** The next session requests fail. `times`: so many of them. Default: 1. */
  failNextSession(fault: Fault, times?: number): void;
  /** Every session token given out so far is answered with 401 from now on; new ones are good. */
  expireTokens(): void;
  /** Forgets events, requests, refusals and faults: for `afterEach`. Session tokens stay good. */
  clear(): void;
}

/**
 * Makes the handlers of the whole client-facing contract: session mint, `track` and `batch`.
 *
 * @typeParam Events The catalogue that types what is recorded: `segopsHandlers<typeof events>()`.
 * @example
 * const segops = segopsHandlers({ apiUrl: "https://api.segops.test" });
 * const server = setupServer(...segops.handlers);
 */
export function segopsHandlers<Events extends Catalogue = AnyCatalogue>({
  apiUrl = "*",
}: SegOpsHandlersOptions = {}): SegOpsHandlers<Events> {
  const { add, remove: _, ...record } = createEventRecord<Events>();
  const ingestion = createIngestion(add);
  const tokens = createSessionTokens();
  const ingestionFaults = createFaultQueue();
  const sessionFaults = createFaultQueue();
  const requests: SeenRequest[] = [];
  const base = apiUrl.replace(/\/+$/, "");

  const seen = (request: Request, body: unknown, response: Response): Response => {
    const { pathname: path } = new URL(request.url);
    const batch = isObject(body) ? body.events : undefined;
    const single = path.endsWith("/track/") ? 1 : 0;
    requests.push({ path, status: response.status, events: Array.isArray(batch) ? batch.length : single });
    return response;
  };

  const ingest =
    (take: typeof ingestion.one) =>
    async ({ request }: { request: Request }): Promise<Response> => {
      const body = await jsonOf(request);
      const fault = ingestionFaults.next();
      if (fault) return seen(request, body, fault);
      const sender = senderOf(request, (token) => tokens.find(token));
      if (!sender) return seen(request, body, unauthorized("a secret key or a valid session token"));
      const answer = take(body, sender.uid, request.headers.get("Idempotency-Key"));
      return seen(request, body, HttpResponse.json(Object(answer.body), { status: answer.status }));
    };

  const mint = async ({ request }: { request: Request }): Promise<Response> => {
    const body = await jsonOf(request);
    const answer = (): Response => {
      if (!/^ApiKey pk_/.test(request.headers.get("Authorization") ?? ""))
        return unauthorized("a public key");
      const { user_id, anonymous_id } = isObject(body) ? body : {};
      const uid = user_id ?? (anonymous_id === undefined ? undefined : `anon_${anonymous_id}`);
      if (typeof uid !== "string" || uid === "") {
        return HttpResponse.json({ detail: "Send user_id, anonymous_id or both." }, { status: 400 });
      }
      const { token, expiresAt } = tokens.mint(uid);
      return HttpResponse.json({ token, expires_at: new Date(expiresAt).toISOString(), uid });
    };
    return seen(request, body, sessionFaults.next() ?? answer());
  };

  return {
    ...record,
    handlers: [
      http.post(`${base}/api/ingestion/track/`, ingest(ingestion.one)),
      http.post(`${base}/api/ingestion/track/batch/`, ingest(ingestion.batch)),
      http.post(`${base}/api/auth/session/`, mint),
    ],
    requests: () => [...requests],
    rejected: () => [...ingestion.rejected],
    failNext: (fault, times = 1) => ingestionFaults.add(fault, times),
    failNextSession: (fault, times = 1) => sessionFaults.add(fault, times),
    expireTokens: tokens.expire,
    clear() {
      record.clear();
      ingestion.clear();
      ingestionFaults.clear();
      sessionFaults.clear();
      requests.length = 0;
    },
  };
}

/** Who sends events: a secret key speaks for anyone, a session token for one identity. */
function senderOf(
  request: Request,
  find: (token: string) => Session | undefined,
): { readonly uid: string | undefined } | undefined {
  const authorization = request.headers.get("Authorization") ?? "";
  if (/^ApiKey sk_/.test(authorization)) return { uid: undefined };
  return find(authorization.replace(/^Bearer /, ""));
}

function unauthorized(wanted: string): Response {
  return HttpResponse.json({ detail: `Authenticate with ${wanted}.` }, { status: 401 });
}

async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}
