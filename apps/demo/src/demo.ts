import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { DEFAULT_SECRET_KEY } from "@segops/local-api";
import { BACKEND, BackendProcess } from "./backend/backend-process";
import { mendServer } from "./backstage/breakages";
import { defineSegments } from "./backstage/segments";
import { SegOpsApi } from "./backstage/segops-api";
import { Books } from "./books/books";
import { type ClientTotals, NO_EVENTS } from "./books/totals";
import type { EventTotals } from "./delivery-table";
import { startFront } from "./front/front-server";
import { PAGE_KEY } from "./keys";
import { ServerProcess } from "./segops-server/server-process";
import { CUSTOMERS_FILE } from "./shop/customers";
import { Warehouse } from "./warehouse/warehouse";

/** Short, so that a visitor sees what an event does while the page is still before their eyes. */
const FLUSH_INTERVAL_MS = 1_000;

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

/** Starts a SegOps server, the shop's backend, its warehouse, and the front that visitors open. */
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
  const reportWarehouse = (totals: ClientTotals) => {
    version += 1;
    books.report("@segops/core", "@segops/core", version, totals);
  };
  const warehouse = new Warehouse(connection, reportWarehouse);
  const data = path.join(options.data, "backend");
  await mkdir(data, { recursive: true });
  // A new demo has new customers; what an earlier one did not deliver waits in the spool.
  await rm(path.join(data, CUSTOMERS_FILE), { force: true });
  const backend = await BackendProcess.start({
    options: { ...connection, hmacSecret, data, visitors: options.visitors },
    books,
    warehouse,
  });
  reportWarehouse(NO_EVENTS);
  server.onChange(() => books.changed());

  const front = await startFront({
    port: options.shopPort,
    backend,
    books,
    page: { apiUrl: server.url, apiKey: PAGE_KEY, run: randomUUID() },
    backstage: { api, server, backend, flushWarehouse: () => warehouse.flush() },
    news: () => ({ server: server.state, backend: backend.state, storedBefore: server.storedBefore }),
  });

  return {
    liveView: server.url,
    shop: front.url,
    async close() {
      // What was broken must not keep events from arriving.
      await (server.state === "down" ? server.restart() : mendServer(api));
      await backend.restart();
      await Promise.all([front.close(), backend.close()]);
      await warehouse.close();
      await server.close();
      return totalsOf(books, BACKEND);
    },
  };
}

/** Of all clients of a kind, those that were killed included. */
function totalsOf(books: Books, name: string): EventTotals {
  const line = books.view().lines.find((each) => each.name === name);
  const { tracked = 0, delivered = 0, refused = 0, dropped = 0, inFlight = 0 } = line ?? {};
  return {
    accepted: tracked,
    delivered,
    refused,
    dropped: dropped > 0 ? { "by the client": dropped } : {},
    pending: inFlight,
  };
}
