// A runtime of your own: this program has no network. Its requests travel as messages to a relay that has.
// Only @segops/core is installed. Run it: node message-queue.mjs
import { createClient } from "@segops/core";

/**
 * @param {object} settings
 * @param {string} settings.apiUrl
 * @param {string} settings.apiKey
 * @param {(message: { url: string, headers: Record<string, string>, body: string }) => Promise<{ status: number, body: string }>} settings.ask
 *   Sends a message to the relay and waits for its answer.
 */
export function createQueueClient({ apiUrl, apiKey, ask }) {
  return createClient(
    { apiUrl, apiKey },
    {
      clock: { now: () => Date.now(), monotonicNow: () => performance.now() },
      entropy: {
        random: Math.random,
        bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      },
      scheduler: {
        schedule(task, delayMs, keepAlive) {
          const timer = setTimeout(task, delayMs);
          if (!keepAlive) timer.unref?.();
          return () => clearTimeout(timer);
        },
      },
      // One attempt, always an answer, never a throw: retrying is the engine's.
      transport: {
        async post({ url, headers, body }) {
          try {
            const answer = await ask({ url, headers, body });
            return { kind: "response", status: answer.status, body: answer.body };
          } catch (error) {
            return { kind: "failed", reason: String(error) };
          }
        },
      },
      // Tells of "online", "offline" and "suspend": this program has nothing to tell.
      lifecycle: { subscribe: () => () => {} },
      logger: console,
    },
  );
}

// A relay that is overloaded at first. Yours would call fetch.
let requests = 0;
async function relay({ url, body }) {
  if (++requests === 1) return { status: 503, body: "" };
  const { events } = JSON.parse(body);
  console.log(`${url}: ${events.map(({ event_type }) => event_type).join(", ")}`);
  return { status: 202, body: JSON.stringify({ queued: events.length, skipped: 0 }) };
}

const client = createQueueClient({ apiUrl: "https://api.segops.ai", apiKey: "sk_test_example", ask: relay });
client.identify({ userId: "ada", traits: { plan: "pro" } });
client.track({ userId: "ada", eventType: "order_placed", payload: { total: 42 } });
console.log(await client.shutdown());
