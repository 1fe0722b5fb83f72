import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import type { ArrivalFeed } from "./arrivals";
import { guardSecretKeys } from "./browser-guard";
import { ApiError } from "./errors";
import { faultMiddleware } from "./faults/fault-middleware";
import type { FaultScript } from "./faults/fault-script";
import type { KeyRing } from "./keys";
import type { ResolvedOptions } from "./options";
import { rateLimit } from "./rate-limit";
import { explorerRoutes } from "./routes/explorer";
import { ingestionRoutes } from "./routes/ingestion";
import { localRoutes } from "./routes/local";
import { openApiRoute } from "./routes/openapi";
import { pageRoutes } from "./routes/page";
import { sessionRoutes } from "./routes/session";
import { securityHeaders } from "./security-headers";
import type { LiveSegments } from "./segments/live-segments";
import { segmentRoutes } from "./segments/segment-routes";
import { userSegmentRoutes } from "./segments/user-segment-routes";
import type { SessionTokens } from "./session-tokens";
import type { Database } from "./store/database";
import type { EventStore } from "./store/event-store";
import { QueryTimeout } from "./store/query-timeout";

/** What the routes work with. */
export interface Services {
  database: Database;
  store: EventStore;
  segments: LiveSegments;
  keys: KeyRing;
  tokens: SessionTokens;
  feed: ArrivalFeed;
  faults: FaultScript;
  options: ResolvedOptions;
  /** The address the server listens on, known once it does. */
  url: () => string;
}

/** How long a browser may remember the answer to a preflight. */
const PREFLIGHT_MAX_AGE_SECONDS = 7200;

/** The whole server as one `fetch` handler. */
export function createApp(services: Services): Hono {
  const { feed, options } = services;
  const app = new Hono({ strict: false });

  app.use(securityHeaders);
  app.use(
    "/api/*",
    cors({
      origin: (origin) => origin,
      allowMethods: ["GET", "POST", "PATCH", "DELETE", "OPTIONS"],
      allowHeaders: ["Authorization", "Content-Type", "Idempotency-Key"],
      exposeHeaders: ["Retry-After"],
      maxAge: PREFLIGHT_MAX_AGE_SECONDS,
    }),
  );
  app.use("/api/*", guardSecretKeys(), faultMiddleware(services), rateLimit(services));
  app.route("/api/ingestion", ingestionRoutes(services));
  app.route("/api/auth", sessionRoutes(services));
  app.route("/api/segments", segmentRoutes(services));
  app.route("/api/explorer", explorerRoutes(services));
  app.route("/api/explorer", userSegmentRoutes(services));
  app.get("/health", (c) => c.json({ status: "ok" }));
  app.get("/openapi.json", openApiRoute(services));
  app.route("/local", localRoutes(services));
  app.route("/", pageRoutes());

  app.notFound((c) => {
    report(c, 404, "There is no such path. Is apiUrl right?");
    return c.json({ detail: "Not found." }, 404);
  });

  app.onError((error, c) => {
    if (error instanceof QueryTimeout) return c.json({ detail: error.message }, 503);
    if (!(error instanceof ApiError)) {
      options.logError(error);
      return c.json(
        { detail: "The server failed to handle this request. Its console says why; try again." },
        500,
      );
    }
    if (!error.recorded) report(c, error.status, error.message);
    return c.json(error.body, error.status);
  });

  /** Listeners see what was refused before it came to an event: a wrong key, path or body. */
  function report(c: Context, status: number, message: string) {
    const path = new URL(c.req.url).pathname;
    if (!path.startsWith("/api/")) return;
    const request = { at: options.now(), status, method: c.req.method, path, message };
    feed.publish([{ kind: "refused", request }]);
  }
  return app;
}
