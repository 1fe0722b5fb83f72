import type { HttpOutcome, Transport } from "../../src/index";
import { noConnection, response } from "../../src/testing/index";
import { isOdious, type Mood } from "../support/model-server";

/** A server as pages see it: gives tokens for visitors, and removes duplicates by the events' ids. */
export interface ModelApi extends Transport {
  mood: Mood | "no tokens" | "expired tokens";
  /** How often each event is stored, by number. */
  readonly stored: ReadonlyMap<number, number>;
  /** Events that came under somebody else's token. */
  readonly strangers: readonly number[];
  /** Answers that are under way reach nobody any more. */
  forgetConnections(): void;
}

interface SentEvent {
  readonly user_id: string;
  readonly event_id: string;
  readonly payload: { readonly number: number };
}

export function createModelApi(now: () => number): ModelApi {
  const stored = new Map<number, number>();
  const ids = new Set<string>();
  const strangers: number[] = [];
  let pages = 0;

  const store = (events: readonly SentEvent[], user: string): HttpOutcome => {
    for (const { event_id, user_id, payload } of events) {
      if (user_id !== user) strangers.push(payload.number);
      if (!ids.has(event_id)) stored.set(payload.number, (stored.get(payload.number) ?? 0) + 1);
      ids.add(event_id);
    }
    return response(202, { queued: events.length, skipped: 0 });
  };

  const answer = (url: string, authorization: string, body: string): HttpOutcome => {
    const { mood } = server;
    if (mood === "overloaded") return response(503);
    if (mood === "limited") return response(429, {}, "20");
    if (mood === "unreachable") return noConnection;
    if (url.includes("session")) {
      if (mood === "no tokens" || mood === "wrong key") return response(403);
      const expires_at = new Date(now() + 900_000).toISOString();
      return response(200, { token: `t ${JSON.parse(body).user_id}`, expires_at });
    }
    if (mood === "wrong key" || mood === "expired tokens") return response(401);
    const user = authorization.replace("Bearer t ", "");
    const { events } = JSON.parse(body) as { events: SentEvent[] };
    const isNew = events.some(({ event_id }) => !ids.has(event_id));
    if (mood === "choosy" && isNew && events.some(({ payload }) => isOdious(payload.number)))
      return response(400);
    if (mood === "small bodies only" && isNew && body.length > 2_000) return response(413);
    const receipt = store(events, user);
    return mood === "answers get lost" ? noConnection : receipt;
  };

  const server: ModelApi = {
    mood: "well",
    stored,
    strangers,
    async post({ url, headers, body }) {
      const page = pages;
      const outcome = answer(url, headers.authorization ?? "", body);
      await Promise.resolve();
      return page === pages ? outcome : new Promise<never>(() => {});
    },
    forgetConnections() {
      pages++;
    },
  };
  return server;
}
