import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { listen, stopListening } from "../listen";
import { Logins } from "./logins";
import type { Shop } from "./shop";
import { shopRoutes } from "./shop-routes";

export interface ShopServerOptions {
  readonly shop: Shop;
  readonly hmacSecret: string;
}

export interface ShopServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the shop's backend on a port of its own. */
export async function startShop({ shop, hmacSecret }: ShopServerOptions): Promise<ShopServer> {
  const app = new Hono().route("/", shopRoutes({ shop, logins: new Logins(hmacSecret), hmacSecret }));
  app.notFound((c) => c.json({ detail: "There is no such path." }, 404));

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const { port } = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => stopListening(server),
  };
}
