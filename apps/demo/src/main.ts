import { addressBlock } from "./address-block";
import { deliveryRows, formatTable } from "./delivery-table";
import { startDemo } from "./demo";
import { readStartOptions } from "./start-options";
import { onStopSignal } from "./stop-signals";

const options = readStartOptions(process.argv);
const stopped = new Promise<void>((resolve) => onStopSignal(() => resolve()));

try {
  const demo = await startDemo(options);
  console.log(addressBlock({ ...demo, data: options.data }));
  await stopped;
  console.log("\nStopping …");
  const totals = await demo.close();
  console.log(`\n${formatTable("Delivery report of the shop", deliveryRows(totals))}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  // Its processes end when they notice.
  process.exit(1);
}
