import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Client } from "@segops/node";
import { Hono } from "hono";
import { type BackstageOptions, backstageRoutes } from "../backstage/backstage-routes";
import type { Books } from "../books/books";
import { booksRoutes } from "../books/books-routes";
import { listen, stopListening } from "../listen";
import { Activity } from "./activity";
import { activityRoutes } from "./activity-routes";
import { Logins } from "./logins";
import { type PageSettings, pageRoutes } from "./page-routes";
import type { Shop } from "./shop";
import { shopRoutes } from "./shop-routes";

export interface ShopServerOptions {
  /** Another free port is taken when this one is not. */
  readonly port: number;
  readonly shop: Shop;
  /** The backend's client. */
  readonly segops: Pick<Client, "subscribe" | "totals">;
  readonly books: Books;
  readonly page: PageSettings;
  readonly hmacSecret: string;
  readonly backstage: BackstageOptions;
  /** What the page is shown beside the books. */
  readonly news: () => object;
}

export interface ShopServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the shop's backend: its pages, what they call, and what goes on behind the counter. */
export async function startShop(options: ShopServerOptions): Promise<ShopServer> {
  const { port, shop, segops, books, page, hmacSecret, backstage, news } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const app = new Hono()
    .route("/", pageRoutes(page))
    .route("/", activityRoutes(new Activity(segops), signal))
    .route("/", booksRoutes({ books, run: page.run, closing: signal, more: news }))
    .route("/", backstageRoutes(backstage))
    .route("/", shopRoutes({ shop, logins: new Logins(), hmacSecret }));
  app.notFound((c) => c.json({ detail: "There is no such path." }, 404));

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
