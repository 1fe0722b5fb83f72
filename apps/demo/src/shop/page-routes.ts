import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { pageDirectory } from "./page-directory";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The page at `/`, whose few files are read once. `liveViewUrl` is the page that shows events as they arrive. */
export function pageRoutes(liveViewUrl: string): Hono {
  const routes = new Hono();
  routes.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      xFrameOptions: "DENY",
      strictTransportSecurity: false,
    }),
  );
  const folder = fileURLToPath(pageDirectory);
  for (const name of readdirSync(folder)) {
    const type = CONTENT_TYPES[path.extname(name)];
    if (type === undefined) continue;
    const content = readFileSync(path.join(folder, name), "utf8").replaceAll("{{liveViewUrl}}", liveViewUrl);
    routes.get(name === "index.html" ? "/" : `/${name}`, (c) =>
      c.body(content, 200, { "Content-Type": type, "Cache-Control": "no-cache" }),
    );
  }
  return routes;
}
