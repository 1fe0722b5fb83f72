import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { SegOpsClient } from "@segops/node";
import { SAMPLE_EVENT_BYTES, sampleInput, sampleWireEvent } from "../sample-event";
import { reportResult } from "../workload-result";

/** Memory taken by a backlog, as a multiple of its JSON text. */
export interface Backlog {
  readonly bytesPerTextByte: number;
}

const WARM_UP_EVENTS = 2_000;
const EVENTS_PER_TURN = 1_000;

const [, , side = "", events = ""] = process.argv;
const count = Number(events);

/** Takes every connection and never answers. */
const hangingServer = createServer((socket) => socket.pause()).listen(0, "127.0.0.1");
await once(hangingServer, "listening");
const { port } = hangingServer.address() as AddressInfo;

const texts: string[] = [];
const client = new SegOpsClient({
  apiUrl: `http://127.0.0.1:${port}`,
  apiKey: "sk_bench",
  requestTimeout: 600_000,
  // They are not meant to arrive.
  onUndelivered: () => {},
});
const add =
  side === "client"
    ? (index: number) => client.track(sampleInput(index))
    : (index: number) => texts.push(flat(JSON.stringify(sampleWireEvent(index))));

/** A long JSON text is made of pieces, which take half as much again until something reads it as a whole. */
function flat(text: string): string {
  Buffer.byteLength(text);
  return text;
}

async function addMany(from: number, to: number): Promise<void> {
  for (let index = from; index < to; ) {
    const end = Math.min(to, index + EVENTS_PER_TURN);
    for (; index < end; index += 1) add(index);
    await nextTurn();
  }
}

function memoryInUse(): number {
  if (gc === undefined) throw new Error("Start this with --expose-gc");
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

await addMany(0, WARM_UP_EVENTS);
await nextTurn();
const before = memoryInUse();
await addMany(WARM_UP_EVENTS, WARM_UP_EVENTS + count);
const grown = memoryInUse() - before;
const kept = side === "client" ? client.totals.pending : texts.length;
if (kept !== WARM_UP_EVENTS + count) throw new Error(`Only ${kept} events are kept`);
await client.shutdown({ timeoutMs: 0 });
reportResult({ bytesPerTextByte: grown / (count * SAMPLE_EVENT_BYTES) } satisfies Backlog);
