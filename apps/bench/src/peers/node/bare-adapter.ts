import { Pool } from "undici";
import type { NodeAdapter } from "./adapter";
import { EVENT_NAME, propertiesOf, userOf } from "./sample";

const BATCH = 500;
const CONNECTIONS = 4;

/** The floor: batches of 500 through a bare undici pool. No retry, no queue, no books. */
export function createBareAdapter(host: string): NodeAdapter {
  const pool = new Pool(host, { connections: CONNECTIONS });
  let waiting: unknown[] = [];
  const send = async (): Promise<void> => {
    const events = waiting;
    waiting = [];
    const { body } = await pool.request({
      method: "POST",
      path: "/v1/batch",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ events }),
    });
    await body.dump();
  };
  return {
    track(number) {
      waiting.push({ user_id: userOf(number), event_type: EVENT_NAME, payload: propertiesOf(number) });
      if (waiting.length >= BATCH) void send();
    },
    flush: send,
    close: send,
  };
}
