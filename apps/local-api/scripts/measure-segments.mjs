// Measures how long a segment over a million events takes on the embedded database: the median of five and
// the CPU time it took, for each kind of condition. Run `pnpm build` before. usage: node scripts/measure-segments.mjs [events]
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_SECRET_KEY, startServer } from "@segops/local-api";

const EVENTS = Number(process.argv[2] ?? 1_000_000);
const USERS = Math.ceil(EVENTS / 20);
const BATCH = 500;
const SENDERS = 4;
const ROUNDS = 5;
const DAY_MS = 24 * 60 * 60 * 1000;
const TYPES = [
  ...Array(3).fill("page_viewed"),
  ...Array(2).fill("product_viewed"),
  "cart_updated",
  ...Array(2).fill("order_placed"),
  "context_identified",
  "signed_in",
];
const event_type = "order_placed";

const CONDITIONS = {
  event_count: { type: "event_count", event_type, operator: "gte", value: 3, window_days: 30 },
  recency: { type: "recency", event_type, operator: "gt", window_days: 14 },
  monetary: { type: "monetary", event_type, property: "total", metric: "sum", operator: "gt", value: 2000 },
  event_property: {
    type: "event_property",
    event_type: "page_viewed",
    property: "page",
    operator: "matches_regex",
    value: "^/products/\\d{2}$",
  },
  user_property: { type: "user_property", property: "plan", operator: "in", value: ["pro", "team"] },
  event_sequence: {
    type: "event_sequence",
    events: ["page_viewed", "product_viewed", event_type],
    window_days: 30,
  },
  "event_sequence, strict": {
    type: "event_sequence",
    events: ["page_viewed", "product_viewed", event_type],
    window_days: 30,
    strict: true,
  },
};

const folder = await mkdtemp(join(tmpdir(), "segops-segments-"));
const server = await startServer({ port: 0, dataDirectory: folder });
try {
  await store();
  const bought = { logic: "AND", conditions: [CONDITIONS.event_count] };
  const { id: segment_id } = await post("/api/segments/", { name: "Buyers", definition: bought });
  const membership = { type: "segment_membership", segment_id, operator: "not_in" };
  for (const [name, condition] of Object.entries({ ...CONDITIONS, segment_membership: membership })) {
    await measure(name, { logic: "AND", conditions: [condition] });
  }
  const { event_count, monetary, user_property } = CONDITIONS;
  await measure("count, monetary and trait", {
    logic: "AND",
    conditions: [event_count, monetary, user_property],
  });
} finally {
  await server.close();
  await rm(folder, { recursive: true });
}

async function store() {
  const startedAt = performance.now();
  let next = 0;
  const send = async () => {
    for (let first = next; first < EVENTS; first = next) {
      next += BATCH;
      const events = Array.from({ length: Math.min(BATCH, EVENTS - first) }, (_, index) =>
        event(first + index),
      );
      await post("/api/ingestion/track/batch/", { events });
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  const seconds = (performance.now() - startedAt) / 1000;
  const load = loadavg()[0]?.toFixed(1);
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${availableParallelism()} cores (${cpus()[0]?.model}), load ${load}`,
  );
  console.log(
    `${EVENTS} events stored through the API in ${seconds.toFixed(0)} s (${Math.round(EVENTS / seconds)}/s)`,
  );
}

/** One of five comes from an anonymous visitor, and most of those are known by now. */
function event(n) {
  const random = scatter(n);
  const user = scatter(n + 7) % USERS;
  const isAnonymous = random % 5 === 0;
  return {
    user_id: isAnonymous ? `anon_v${user}` : `user-${user}@example.com`,
    event_type: TYPES[scatter(n + 13) % TYPES.length],
    occurred_at: new Date(Date.now() - ((random * 9973) % (90 * DAY_MS))).toISOString(),
    ...(random % 3 === 0 ? { anonymous_id: `v${user}` } : {}),
    payload: {
      order_id: `ord-${n}`,
      total: (scatter(n + 17) % 100_000) / 100,
      currency: "EUR",
      items: n % 7,
      plan: ["free", "pro", "team"][n % 3],
      page: `/products/${n % 1000}`,
      coupon: null,
      first: n % 2 === 0,
    },
  };
}

/** The same numbers on every run. */
function scatter(n) {
  return (Math.imul(n ^ (n >>> 15), 2_246_822_519) >>> 3) ^ (n % 8191);
}

async function measure(name, definition) {
  const rounds = [];
  let matched = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    const cpuBefore = process.cpuUsage();
    ({ matched_users: matched } = await post("/api/segments/preview/", { definition }));
    const { user, system } = process.cpuUsage(cpuBefore);
    rounds.push({ elapsed: performance.now() - startedAt, cpu: (user + system) / 1000 });
  }
  const elapsed = median(rounds.map((round) => round.elapsed));
  const cpu = median(rounds.map((round) => round.cpu));
  console.log(`${name.padEnd(28)} ${elapsed.padStart(6)} ms  CPU ${cpu.padStart(5)} ms  ${matched} users`);
}

function median(values) {
  const sorted = values.sort((a, b) => a - b);
  return String(Math.round(sorted[Math.floor(sorted.length / 2)]));
}

async function post(path, body) {
  const response = await fetch(server.url + path, {
    method: "POST",
    headers: { Authorization: `ApiKey ${DEFAULT_SECRET_KEY}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
