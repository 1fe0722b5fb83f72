import { DEFAULT_SECRET_KEY, type LocalServer, StartError, startServer } from "@segops/local-api";
import { SegOpsClient } from "@segops/node";
import { addressBlock } from "./address-block";
import { deliveryRows, formatTable } from "./delivery-table";
import { startShop } from "./shop/shop-server";
import { startVisitors } from "./shop/visitors";
import { readStartOptions } from "./start-options";
import { onStopSignal } from "./stop-signals";

/** Short, so that a visitor sees what an event does while the page is still before their eyes. */
const FLUSH_INTERVAL_MS = 1_000;

const options = readStartOptions(process.argv);
const stopped = new Promise<void>((resolve) => onStopSignal(() => resolve()));

try {
  const server = await startServer({ port: options.port, dataDirectory: options.data });
  try {
    await run(server);
  } finally {
    await server.close();
  }
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
}

async function run(server: LocalServer): Promise<void> {
  const segops = new SegOpsClient({
    apiUrl: server.url,
    apiKey: DEFAULT_SECRET_KEY,
    flushInterval: FLUSH_INTERVAL_MS,
  });
  const shop = await startShop(segops, { port: options.shopPort, liveViewUrl: server.url });
  const visitors = options.visitors === undefined ? undefined : startVisitors(shop.shop, options.visitors);
  console.log(addressBlock({ liveView: server.url, shop: shop.url, data: options.data }));

  await stopped;
  console.log("\nStopping …");
  visitors?.stop();
  await shop.close();
  await segops.shutdown();
  console.log(`\n${formatTable("Delivery report of the shop", deliveryRows(segops.totals))}`);
}
