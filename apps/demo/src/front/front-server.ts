import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import type { BackendProcess } from "../backend/backend-process";
import { type BackstageOptions, backstageRoutes } from "../backstage/backstage-routes";
import type { Books } from "../books/books";
import { booksRoutes } from "../books/books-routes";
import { listen, stopListening } from "../listen";
import { backendRoutes } from "./backend-routes";
import { type PageSettings, pageRoutes } from "./page-routes";

export interface FrontServerOptions {
  /** Another free port is taken when this one is not. */
  readonly port: number;
  readonly backend: Pick<BackendProcess, "state" | "url">;
  readonly books: Books;
  readonly page: PageSettings;
  readonly backstage: BackstageOptions;
  /** What the page is shown beside the books. */
  readonly news: () => object;
}

export interface FrontServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts what visitors open: the pages, what goes on behind the counter, and the way to the shop's backend. */
export async function startFront(options: FrontServerOptions): Promise<FrontServer> {
  const { port, backend, books, page, backstage, news } = options;
  const closing = new AbortController();
  const app = new Hono()
    .route("/", pageRoutes(page))
    .route("/", booksRoutes({ books, run: page.run, closing: closing.signal, more: news }))
    .route("/", backstageRoutes(backstage))
    .route("/", backendRoutes(backend));

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const address = await listen(server, port);
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      closing.abort();
      return stopListening(server);
    },
  };
}
