import { setImmediate as nextTurn } from "node:timers/promises";
import { SegOpsClient } from "@segops/node";
import { Pool } from "undici";
import { sampleInput, sampleWireEvent } from "./sample-event";

/** Sends sample events; `send` resolves when the server has all of them. */
export interface Sender {
  send(events: number): Promise<void>;
  close(): Promise<unknown>;
}

/** So many calls of `track()` in one turn of the event loop. */
const EVENTS_PER_TURN = 1_000;
/** So many undelivered events, and the loop waits for their delivery. */
const MAX_PENDING = 20_000;
/** As many as the client has under way. */
const CONCURRENCY = 4;
const BATCH = 500;

function createClientSender(apiUrl: string): Sender {
  const client = new SegOpsClient({ apiUrl, apiKey: "sk_bench" });
  return {
    async send(events) {
      for (let index = 0; index < events; ) {
        const end = Math.min(events, index + EVENTS_PER_TURN);
        for (; index < end; index += 1) client.track(sampleInput(index));
        if (client.totals.pending < MAX_PENDING) await nextTurn();
        else await client.flush();
      }
      const { pending } = await client.flush();
      if (pending > 0) throw new Error(`${pending} events could not be delivered`);
    },
    close: () => client.shutdown(),
  };
}

/** What one would write by hand, with nothing but speed in mind: no retry, no queue, no books. */
function createBareSender(apiUrl: string): Sender {
  const pool = new Pool(apiUrl, { connections: CONCURRENCY });
  const post = async (from: number, to: number) => {
    const events: unknown[] = [];
    for (let index = from; index < to; index += 1) events.push(sampleWireEvent(index));
    const { statusCode, body } = await pool.request({
      method: "POST",
      path: "/api/ingestion/track/batch/",
      headers: { "content-type": "application/json", authorization: "ApiKey sk_bench" },
      body: JSON.stringify({ events }),
    });
    await body.dump();
    if (statusCode !== 202) throw new Error(`The sink answered ${statusCode}`);
  };
  return {
    async send(events) {
      let next = 0;
      const worker = async () => {
        while (next < events) {
          const from = next;
          next = Math.min(events, from + BATCH);
          await post(from, next);
        }
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    },
    close: () => pool.close(),
  };
}

export const senders = { client: createClientSender, baseline: createBareSender };
