import { readdirSync, readFileSync } from "node:fs";
import { extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { pageDirectory } from "../page-directory";

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const CONTENT_TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The page at `/`, whose few files are read once. */
export function pageRoutes(): Hono {
  const routes = new Hono();
  const directory = fileURLToPath(pageDirectory);
  for (const name of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
    const type = CONTENT_TYPES[extname(name)];
    if (type === undefined) continue;
    const content = readFileSync(join(directory, name), "utf8");
    routes.get(name === "index.html" ? "/" : `/${name.split(sep).join("/")}`, (c) =>
      c.body(content, 200, {
        "Content-Type": type,
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
      }),
    );
  }
  return routes;
}
