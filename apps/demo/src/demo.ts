import { randomBytes, randomUUID } from "node:crypto";
import { DEFAULT_SECRET_KEY } from "@segops/local-api";
import { SegOpsClient } from "@segops/node";
import { mendServer } from "./backstage/breakages";
import { defineSegments } from "./backstage/segments";
import { SegOpsApi } from "./backstage/segops-api";
import { Books } from "./books/books";
import { clientTotals, NO_EVENTS } from "./books/totals";
import type { EventTotals } from "./delivery-table";
import { PAGE_KEY } from "./keys";
import { ServerProcess } from "./segops-server/server-process";
import { shopEvents } from "./shop/events";
import { Shop } from "./shop/shop";
import { startShop } from "./shop/shop-server";
import { Visitors } from "./shop/visitors";
import { Warehouse } from "./warehouse/warehouse";

/** Short, so that a visitor sees what an event does while the page is still before their eyes. */
const FLUSH_INTERVAL_MS = 1_000;
/** Longer than any id that SegOps takes. */
const BAD_USER_ID = "x".repeat(1_001);

export interface DemoOptions {
  readonly port: number;
  readonly shopPort: number;
  readonly data: string;
  readonly visitors?: number;
}

export interface Demo {
  readonly liveView: string;
  readonly shop: string;
  /** Stops everything, delivers what is queued, and tells what became of the backend's events. */
  close(): Promise<EventTotals>;
}

/** Starts a SegOps server, the shop and its warehouse. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const hmacSecret = randomBytes(32).toString("hex");
  const server = await ServerProcess.start({ port: options.port, data: options.data, hmacSecret });
  try {
    return await startShopAt(server, hmacSecret, options);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function startShopAt(server: ServerProcess, hmacSecret: string, options: DemoOptions): Promise<Demo> {
  const api = new SegOpsApi(server.url, DEFAULT_SECRET_KEY);
  await defineSegments(api);

  const connection = { apiUrl: server.url, apiKey: DEFAULT_SECRET_KEY, flushInterval: FLUSH_INTERVAL_MS };
  const books = new Books();
  let version = 0;
  const report = (name: string, totals: typeof NO_EVENTS) => {
    version += 1;
    books.report(name, name, version, totals);
  };
  const segops = new SegOpsClient({ ...connection, events: shopEvents, eventIds: true });
  const warehouse = new Warehouse(connection, (totals) => report("@segops/core", totals));
  report("@segops/node", NO_EVENTS);
  report("@segops/core", NO_EVENTS);
  segops.subscribe(() => queueMicrotask(() => report("@segops/node", clientTotals(segops.totals))));
  server.onChange(() => books.changed());

  const shop = new Shop({ segops, warehouse, newOrderId: () => `order-${randomUUID().slice(0, 8)}` });
  const visitors = new Visitors(shop);
  const backend = await startShop({
    port: options.shopPort,
    shop,
    segops,
    books,
    hmacSecret,
    page: { apiUrl: server.url, apiKey: PAGE_KEY, run: randomUUID() },
    backstage: {
      api,
      server,
      visitors,
      flush() {
        void segops.flush();
        warehouse.flush();
      },
      trackBadEvent: () =>
        segops.track({ userId: BAD_USER_ID, eventType: "signed_up", payload: { plan: "free" } }),
    },
    news: () => ({ server: server.state, storedBefore: server.storedBefore }),
  });
  const crowd = options.visitors === undefined ? undefined : visitors.start(options.visitors);

  return {
    liveView: server.url,
    shop: backend.url,
    async close() {
      crowd?.stop();
      await backend.close();
      // What was broken must not keep events from arriving.
      await (server.state === "down" ? server.restart() : mendServer(api));
      await Promise.all([segops.shutdown(), warehouse.close()]);
      await server.close();
      return segops.totals;
    },
  };
}
