import { parentPort, workerData } from "node:worker_threads";
import { createClient } from "@segops/core";
import { clientTotals } from "../books/totals";
import type { FromWarehouse, ToWarehouse, WarehouseSettings } from "./protocol";
import { warehouseRuntime } from "./runtime";

const ITEMS_PER_PARCEL = 4;

const client = createClient(
  // The page shows what happens; a terminal need not.
  { ...(workerData as WarehouseSettings), eventIds: true, onError: () => {} },
  warehouseRuntime,
);
client.subscribe(() => queueMicrotask(tellTotals));

parentPort?.on("message", async (message: ToWarehouse) => {
  switch (message.type) {
    case "pack": {
      const { userId, orderId, items, synthetic } = message;
      const parcels = Math.ceil(items / ITEMS_PER_PARCEL);
      const payload = { order_id: orderId, parcels, ...(synthetic && { synthetic }) };
      client.track({ userId, eventType: "order_packed", payload });
      break;
    }
    case "flush":
      await client.flush();
      break;
    case "close":
      await client.shutdown();
      tellTotals();
      parentPort?.close();
  }
});

function tellTotals(): void {
  const message: FromWarehouse = { totals: clientTotals(client.totals) };
  parentPort?.postMessage(message);
}
