import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Client } from "@segops/node";
import { Hono } from "hono";
import { listen, stopListening } from "../listen";
import { Activity } from "./activity";
import { activityRoutes } from "./activity-routes";
import { pageRoutes } from "./page-routes";
import { Shop } from "./shop";
import { shopRoutes } from "./shop-routes";

export interface ShopServerOptions {
  /** Another free port is taken when this one is not. */
  readonly port: number;
  /** Where events show as they arrive. */
  readonly liveViewUrl: string;
}

export interface ShopServer {
  readonly url: string;
  readonly shop: Shop;
  close(): Promise<void>;
}

/** Starts the shop's backend, which reports to the given client. */
export async function startShop(
  segops: Client,
  { port, liveViewUrl }: ShopServerOptions,
): Promise<ShopServer> {
  const shop = new Shop(segops, () => `order-${randomUUID().slice(0, 8)}`);
  const closing = new AbortController();
  const app = new Hono()
    .route("/", pageRoutes(liveViewUrl))
    .route("/", shopRoutes(shop))
    .route("/", activityRoutes(new Activity(segops), closing.signal));
  app.notFound((c) => c.json({ detail: "There is no such path." }, 404));

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const address = await listen(server, port);
  return {
    url: `http://127.0.0.1:${address.port}`,
    shop,
    close() {
      closing.abort();
      return stopListening(server);
    },
  };
}
