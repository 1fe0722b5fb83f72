import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { dist } from "../site";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
};

/** Serves the built site as a plain host does: a file for an address, `404.html` where there is none. */
export function serveSite(): () => string {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://site");
      const asked = path.join(dist, decodeURI(pathname), pathname.endsWith("/") ? "index.html" : "");
      const isFound = existsSync(asked) && statSync(asked).isFile();
      const file = isFound ? asked : path.join(dist, "404.html");
      response.writeHead(isFound ? 200 : 404, { "content-type": types[path.extname(file)] ?? "text/plain" });
      createReadStream(file).pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => server?.close());
  return () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
