import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, beforeEach, expect, vi } from "vitest";

interface WireEvent {
  readonly event_type: string;
  readonly user_id: string;
  readonly payload: Record<string, unknown>;
}

/** A SegOps server of a test's own: what a test before has left under way goes to another address. */
export interface TestServer {
  readonly url: string;
  /** What has arrived, oldest first. */
  readonly events: WireEvent[];
  /** The last part of each request's path: `session` or `batch`. */
  readonly requests: string[];
  /** The keys that session tokens were asked for with. */
  readonly keys: string[];
  /** Waits until so many events have arrived, and answers their types. */
  eventTypes(count: number): Promise<string[]>;
}

const servers = new Map<string, TestServer>();
const serverOf = (request: Request) => servers.get(new URL(request.url).origin) as TestServer;
const host = "https://*.segops.test";

const network = setupServer(
  http.post(`${host}/api/auth/session/`, ({ request }) => {
    const { requests, keys } = serverOf(request);
    requests.push("session");
    keys.push(request.headers.get("authorization") ?? "");
    return HttpResponse.json({ token: "t", expires_at: new Date(Date.now() + 900_000).toISOString() });
  }),
  http.post(`${host}/api/ingestion/track/batch/`, async ({ request }) => {
    const { requests, events } = serverOf(request);
    const body = (await request.json()) as { events: WireEvent[] };
    requests.push("batch");
    events.push(...body.events);
    return HttpResponse.json({ queued: body.events.length, skipped: 0 }, { status: 202 });
  }),
);

/** Gives each test a server. */
export function startTestServer(): TestServer {
  let current: TestServer;
  beforeAll(() => network.listen({ onUnhandledRequest: "error" }));
  afterAll(() => network.close());
  beforeEach(() => {
    const url = `https://test-${servers.size}.segops.test`;
    const events: WireEvent[] = [];
    current = {
      url,
      events,
      requests: [],
      keys: [],
      eventTypes: (count) =>
        vi.waitFor(() => {
          expect(events.length).toBeGreaterThanOrEqual(count);
          return events.map(({ event_type }) => event_type);
        }),
    };
    servers.set(url, current);
  });
  return new Proxy({} as TestServer, { get: (_, name) => current[name as keyof TestServer] });
}
