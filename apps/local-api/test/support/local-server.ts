import { onTestFinished } from "vitest";
import { type LocalServer, type ServerOptions, startServer } from "../../src/index";
import { emptyDatabase } from "./databases";

/** A server of the test's own, in memory unless it says otherwise, closed when the test ends. */
export async function localServer(options: ServerOptions = {}): Promise<LocalServer> {
  const server = await startServer({ port: 0, ...(await databaseOf(options)), ...options });
  onTestFinished(() => server.close());
  return server;
}

/** Set SEGOPS_TEST_DATABASE=postgres to run every test that does not care on PostgreSQL. */
function databaseOf({ dataDirectory, databaseUrl }: ServerOptions): Promise<ServerOptions> | ServerOptions {
  if (dataDirectory !== undefined || databaseUrl !== undefined) return {};
  return emptyDatabase(process.env.SEGOPS_TEST_DATABASE === "postgres" ? "postgres" : "duckdb");
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

const SECRET = "ApiKey sk_test_local";
const PUBLIC = "ApiKey pk_test_local";

export const pageViewed = { user_id: "ada", event_type: "page_viewed" };

/** Posts JSON, or a text as it is, with the secret key unless the headers say otherwise. */
export async function post(
  server: { url: string },
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method: "POST",
    headers: { Authorization: SECRET, "Content-Type": "application/json", ...headers },
    body:
      typeof body === "string" || body instanceof Uint8Array
        ? (body as NonNullable<RequestInit["body"]>)
        : JSON.stringify(body),
  });
  return answerOf(response);
}

export async function get(
  server: { url: string },
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return answerOf(await fetch(server.url + path, { headers }));
}

export function track(
  server: { url: string },
  event: unknown,
  headers?: Record<string, string>,
): Promise<Answer> {
  return post(server, "/api/ingestion/track/", event, headers);
}

export function batch(
  server: { url: string },
  events: unknown,
  headers?: Record<string, string>,
): Promise<Answer> {
  return post(server, "/api/ingestion/track/batch/", { events }, headers);
}

export function mint(
  server: { url: string },
  claim: unknown,
  headers?: Record<string, string>,
): Promise<Answer> {
  return post(server, "/api/auth/session/", claim, { Authorization: PUBLIC, ...headers });
}

/** The Authorization header of a fresh session. */
export async function sessionFor(
  server: { url: string },
  claim: unknown,
): Promise<{ Authorization: string }> {
  const { body } = await mint(server, claim);
  return { Authorization: `Bearer ${(body as { token: string }).token}` };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get("Content-Type")?.includes("json");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
