/** The CORS answer to any page: credentials, and Retry-After to be read. */
export const CORS_HEADERS = {
  "access-control-allow-credentials": "true",
  "access-control-allow-methods": "GET, POST, OPTIONS",
  "access-control-expose-headers": "retry-after",
  "access-control-max-age": "600",
};

const FIFTEEN_MINUTES_MS = 900_000;

/** What each SDK's own server says when all is well: as much of it as the SDK needs to go on. */
export function answerFor(path: string, sinkUrl: string): { status: number; body?: object } {
  // posthog-js asks for scripts, and does without.
  if (/\.js(\?|$)/.test(path)) return { status: 404 };
  if (path.startsWith("/api/auth/session/"))
    return {
      status: 200,
      body: {
        token: "local",
        expires_at: new Date(Date.now() + FIFTEEN_MINUTES_MS).toISOString(),
        uid: "visitor",
      },
    };
  if (path.startsWith("/api/ingestion/")) return { status: 202, body: { skipped: 0 } };
  // analytics-next does not start without its settings.
  if (path.includes("/settings")) return { status: 200, body: segmentSettings(sinkUrl) };
  // mixpanel: status; amplitude: code; posthog: status.
  return { status: 200, body: { status: 1, code: 200, success: true } };
}

const segmentSettings = (sinkUrl: string) => ({
  integrations: { "Segment.io": { apiKey: "key", apiHost: `${new URL(sinkUrl).host}/v1`, protocol: "http" } },
});
