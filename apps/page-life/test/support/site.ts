import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { costPage } from "./costs";

/** The site that a story happens on. */
export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

const pageScript = await build({
  entryPoints: [fileURLToPath(new URL("page-script.ts", import.meta.url))],
  bundle: true,
  write: false,
  format: "esm",
  target: "es2020",
  conditions: ["@segops/source"],
});
const require = createRequire(import.meta.url);
const scriptBuild = () =>
  readFile(join(dirname(require.resolve("@segops/browser/package.json")), "dist/segops.js"));

const html = (body: string): string => `<!doctype html><title>A page</title>${body}`;
const MODULE = '<script type="module" src="/page.js"></script>';

/** Serves the pages of a site whose events go to `apiUrl`. */
export async function startSite(apiUrl: string): Promise<Site> {
  const pages: Record<string, string> = {
    "/": html(MODULE),
    "/strict": html(MODULE),
    "/elsewhere": html("Elsewhere"),
    "/frame": html('<iframe sandbox="allow-scripts" src="/"></iframe>'),
    "/costs": await costPage(apiUrl),
    "/script-tag": html('<script src="/segops.js"></script>'),
  };
  const server = createServer(async ({ url = "/" }, response) => {
    // A sandboxed frame has an origin of its own, so that modules are foreign to it.
    response.setHeader("access-control-allow-origin", "*");
    if (url === "/page.js" || url === "/segops.js") {
      response.setHeader("content-type", "text/javascript");
      response.end(url === "/page.js" ? pageScript.outputFiles[0]?.text : await scriptBuild());
      return;
    }
    if (url === "/strict")
      response.setHeader(
        "content-security-policy",
        `default-src 'none'; script-src 'self'; connect-src ${apiUrl}`,
      );
    if (url === "/costs") {
      response.setHeader("cross-origin-opener-policy", "same-origin");
      response.setHeader("cross-origin-embedder-policy", "credentialless");
    }
    response.statusCode = url in pages ? 200 : 404;
    response.setHeader("content-type", "text/html");
    response.end(pages[url]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
