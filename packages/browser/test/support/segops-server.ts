import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll } from "vitest";

export const API_URL = "https://api.segops.test";
const SESSION = `${API_URL}/api/auth/session/`;
const BATCH = `${API_URL}/api/ingestion/track/batch/`;

/** A request as the server saw it. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
}

type Answer = () => Response | Promise<Response>;

/** What the server saw, and how it answers. */
export const seen: SeenRequest[] = [];
const answers: { session: Answer[]; batch: Answer[] } = { session: [], batch: [] };
let tokens = 0;

export const sessions = () => seen.filter(({ path }) => path.includes("session"));
export const batches = () => seen.filter(({ path }) => path.includes("batch"));
export const events = () => batches().flatMap(({ body }) => body.events as Record<string, unknown>[]);

/** Answers the next requests for a token, or for events, as given. */
export const answerSession = (...next: Answer[]) => void answers.session.push(...next);
export const answerBatch = (...next: Answer[]) => void answers.batch.push(...next);
export const status =
  (code: number, body: object = {}, headers: Record<string, string> = {}) =>
  () =>
    HttpResponse.json(body, { status: code, headers });
export const networkError: Answer = () => HttpResponse.error();

/** A token that lives as long as is said, 15 minutes by default. */
export const token =
  (lifetimeMs = 900_000): Answer =>
  () =>
    HttpResponse.json({
      token: `token-${++tokens}`,
      expires_at: new Date(Date.now() + lifetimeMs).toISOString(),
      uid: "test",
    });

async function note(request: Request): Promise<SeenRequest> {
  const one: SeenRequest = {
    path: new URL(request.url).pathname,
    headers: Object.fromEntries(request.headers),
    body: (await request.json()) as Record<string, unknown>,
  };
  seen.push(one);
  return one;
}

const server = setupServer(
  http.post(SESSION, async ({ request }) => {
    await note(request);
    return (answers.session.shift() ?? token())() as Response;
  }),
  http.post(BATCH, async ({ request }) => {
    const { body } = await note(request);
    const count = (body.events as unknown[]).length;
    return (answers.batch.shift() ?? status(202, { queued: count, skipped: 0 }))() as Response;
  }),
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  seen.length = answers.session.length = answers.batch.length = tokens = 0;
  localStorage.clear();
});
afterAll(() => server.close());
