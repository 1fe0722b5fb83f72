// Measures how many events a second the built server stores, and what that costs it. Run `pnpm build` before.
// usage: node scripts/throughput.mjs [--seconds 30] [--batch 500] [--clients 4] [--event-ids] [--database-url …]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "30" },
    batch: { type: "string", default: "500" },
    clients: { type: "string", default: "4" },
    "event-ids": { type: "boolean", default: false },
    "database-url": { type: "string", default: "" },
  },
});
const seconds = Number(values.seconds);
const batchSize = Number(values.batch);
const clients = Number(values.clients);

const data = await mkdtemp(join(tmpdir(), "segops-throughput-"));
const server = await startServer();
const agent = new Agent({ keepAlive: true, maxSockets: clients });
const latencies = [];
let stored = 0;
let sent = 0;

const cpuBefore = await cpuSeconds();
const start = performance.now();
const deadline = start + seconds * 1000;
await Promise.all(Array.from({ length: clients }, client));
const elapsed = (performance.now() - start) / 1000;
const cpu = (await cpuSeconds()) - cpuBefore;
latencies.sort((a, b) => a - b);
const percentile = (share) => latencies[Math.floor((latencies.length - 1) * share)].toFixed(0);
console.log(
  [
    `${batchSize} events a request, ${clients} clients, ${elapsed.toFixed(0)} s:`,
    `${Math.round(stored / elapsed)} events/s, ${Math.round(latencies.length / elapsed)} requests/s,`,
    `${((cpu / stored) * 1e6).toFixed(1)} µs of server CPU an event,`,
    `answers in ${percentile(0.5)} ms (median), ${percentile(0.99)} ms (99 %),`,
    `${(await memoryMb()).toFixed(0)} MB, ${(await dataMb()).toFixed(0)} MB on disk for ${stored} events`,
  ].join(" "),
);

agent.destroy();
server.process.kill("SIGTERM");
await once(server.process, "exit");
await rm(data, { recursive: true, force: true });

async function startServer() {
  const where = values["database-url"] === "" ? ["--data", data] : ["--database-url", values["database-url"]];
  const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
  const child = spawn(process.execPath, [cli, "--port", "0", ...where], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return { url, process: child };
  }
  throw new Error("The server did not start.");
}

async function client() {
  while (performance.now() < deadline) {
    const events = Array.from({ length: batchSize }, event);
    const before = performance.now();
    const status = await post("/api/ingestion/track/batch/", JSON.stringify({ events }));
    if (status !== 202) throw new Error(`The server answered ${status}.`);
    latencies.push(performance.now() - before);
    stored += batchSize;
  }
}

/** Eight properties, a thousand users, twenty types: 300 bytes of JSON. */
function event() {
  const n = sent++;
  return {
    user_id: `user-${n % 1000}`,
    event_type: `event_type_${n % 20}`,
    occurred_at: new Date().toISOString(),
    payload: {
      path: "/products/blue-shirt",
      referrer: "https://example.com/",
      price: 12.5 + (n % 100),
      currency: "EUR",
      quantity: n % 7,
      member: n % 2 === 0,
      campaign: `campaign-${n % 30}`,
      n,
    },
    ...(values["event-ids"] ? { event_id: `e-${n}-${process.pid}` } : {}),
  };
}

function post(path, body) {
  return new Promise((resolve, reject) => {
    const call = request(
      server.url + path,
      {
        agent,
        method: "POST",
        headers: {
          Authorization: "ApiKey sk_test_local",
          "Content-Type": "application/json",
          "Content-Length": Buffer.byteLength(body),
        },
      },
      (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode));
      },
    );
    call.once("error", reject);
    call.end(body);
  });
}

/** Linux only, like the two below. */
async function cpuSeconds() {
  const fields = (await readFile(`/proc/${server.process.pid}/stat`, "utf8")).split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function memoryMb() {
  const text = await readFile(`/proc/${server.process.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(text)[1]) / 1024;
}

async function dataMb() {
  const sizes = await Promise.all(
    (await readdir(data)).map(async (name) => (await stat(join(data, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1e6;
}
