import { randomUUID } from "node:crypto";
import path from "node:path";
import { SegOpsClient } from "@segops/node";
import { clientTotals } from "../books/totals";
import { CUSTOMERS_FILE, Customers } from "../shop/customers";
import { shopEvents } from "../shop/events";
import { Shop } from "../shop/shop";
import { type ShopServer, startShop } from "../shop/shop-server";
import { Visitors } from "../shop/visitors";
import type { BackendOptions, FromBackend, ToBackend } from "./protocol";

/** The shop's backend in a process of its own, so that it can be killed. */
interface Running {
  readonly segops: SegOpsClient<typeof shopEvents>;
  readonly server: ShopServer;
  readonly visitors: Visitors;
  readonly crowd: { stop(): void } | undefined;
}

/** Longer than any id that SegOps takes. */
const BAD_USER_ID = "x".repeat(1_001);

let running: Running | undefined;
let isClosing = false;

process.on("message", (message: ToBackend) => {
  switch (message.type) {
    case "start":
      void start(message);
      break;
    case "flush":
      void running?.segops.flush();
      break;
    case "visits":
      for (let visit = 0; visit < message.count; visit += 1) running?.visitors.visit();
      break;
    case "bad-event":
      running?.segops.track({ userId: BAD_USER_ID, eventType: "signed_up", payload: { plan: "free" } });
      break;
    case "close":
      void close();
  }
});
// The demo ends first, or has crashed.
process.on("disconnect", () => void close());
// A terminal tells every process of Ctrl-C; the demo says when it is time.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

async function start(options: BackendOptions): Promise<void> {
  const { apiUrl, apiKey, flushInterval, hmacSecret, data, visitors: visitsPerSecond } = options;
  const spool = { directory: path.join(data, "spool") };
  try {
    const segops = new SegOpsClient({
      apiUrl,
      apiKey,
      flushInterval,
      spool,
      events: shopEvents,
      eventIds: true,
      // The page shows what happens; a terminal need not.
      onError: () => {},
    });
    segops.subscribe(() => queueMicrotask(() => tellTotals(segops)));
    tellTotals(segops);
    const shop = new Shop({
      segops,
      customers: new Customers(path.join(data, CUSTOMERS_FILE)),
      warehouse: { pack: (parcel) => void tell({ type: "pack", parcel }) },
      newOrderId: () => `order-${randomUUID().slice(0, 8)}`,
    });
    const visitors = new Visitors(shop);
    const server = await startShop({ shop, hmacSecret });
    const crowd = visitsPerSecond === undefined ? undefined : visitors.start(visitsPerSecond);
    running = { segops, server, visitors, crowd };
    await tell({ type: "listening", url: server.url });
  } catch (error) {
    await tell({ type: "failed", message: String(error) });
    process.exit(1);
  }
}

async function close(): Promise<void> {
  if (isClosing) return;
  isClosing = true;
  running?.crowd?.stop();
  await running?.server.close();
  await running?.segops.shutdown();
  if (running) await tellTotals(running.segops);
  process.exit(0);
}

function tellTotals(segops: Running["segops"]): Promise<void> {
  return tell({ type: "totals", totals: clientTotals(segops.totals) });
}

/** Resolves when it is on its way. */
function tell(message: FromBackend): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
}
