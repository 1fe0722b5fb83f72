import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The site whose pages track: an origin other than the sink's, as in life. */
export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

const html = (body: string): string => `<!doctype html><title>A page</title>${body}`;

export async function startSite(script: string): Promise<Site> {
  const pages: Record<string, string> = {
    "/": html('<script src="/sdk.js"></script>'),
    // Its script comes when it is asked for.
    "/bare": html(""),
    "/elsewhere": html("Elsewhere"),
  };
  const scripts: Record<string, string> = { "/sdk.js": script, "/empty.js": "" };
  const server = createServer(({ url = "/" }, response) => {
    const isScript = url in scripts;
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.statusCode = isScript || url in pages ? 200 : 404;
    response.end(scripts[url] ?? pages[url]);
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
