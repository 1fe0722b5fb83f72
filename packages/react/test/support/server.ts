import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll } from "vitest";

export const API_URL = "https://api.segops.test";

/** Events that reached the server, by type. */
export const received: { event_type: string; user_id: string; payload: unknown }[] = [];
/** Requests that reached the server. */
export const requests: string[] = [];

const server = setupServer(
  http.post(`${API_URL}/api/auth/session/`, ({ request }) => {
    requests.push(request.url);
    return HttpResponse.json({ token: "t", expires_at: new Date(Date.now() + 900_000).toISOString() });
  }),
  http.post(`${API_URL}/api/ingestion/track/batch/`, async ({ request }) => {
    requests.push(request.url);
    const { events } = (await request.json()) as { events: typeof received };
    received.push(...events);
    return HttpResponse.json({ queued: events.length, skipped: 0 }, { status: 202 });
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  received.length = requests.length = 0;
  localStorage.clear();
});
afterAll(() => server.close());
