import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Context, Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { pageDirectory } from "./page-directory";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The views of the one page that the shop is: it reads the address itself. */
const VIEWS = ["/", "/cart", "/account", "/backstage"];
/** Vite puts a hash of the content into these names. */
const UNCHANGING = "/assets/";

export interface PageSettings {
  readonly apiUrl: string;
  /** The pages' key. */
  readonly apiKey: string;
  /** This run of the demo. */
  readonly run: string;
}

/** The built pages, whose few files are read once, under a strict policy. */
export function pageRoutes(settings: PageSettings): Hono {
  const routes = new Hono();
  routes.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'", settings.apiUrl],
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
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const type = CONTENT_TYPES[path.extname(file)];
    if (!entry.isFile() || type === undefined) continue;
    const name = `/${path.relative(folder, file).split(path.sep).join("/")}`;
    const answer = content(name, type, fill(readFileSync(file, "utf8"), settings));
    for (const address of name === "/index.html" ? VIEWS : [name]) routes.get(address, answer);
  }
  routes.get("/segops.js", content("/segops.js", "text/javascript; charset=utf-8", browserScript()));
  return routes;
}

/** What a page without a bundler loads, as it is published. */
function browserScript(): string {
  const folder = new URL("./", import.meta.resolve("@segops/browser/package.json"));
  return readFileSync(new URL("dist/segops.js", folder), "utf8");
}

function content(name: string, type: string, text: string): (c: Context) => Response {
  const caching = name.startsWith(UNCHANGING) ? "public, max-age=31536000, immutable" : "no-cache";
  return (c) => c.body(text, 200, { "Content-Type": type, "Cache-Control": caching });
}

function fill(text: string, settings: PageSettings): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, name) =>
    Object.hasOwn(settings, name) ? settings[name as keyof PageSettings] : placeholder,
  );
}
