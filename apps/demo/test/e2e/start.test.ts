import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../support/folder";
import { killAll, programs, startProgram } from "../support/program";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterEach(killAll);
afterAll(() => folder.remove());

test.each(["SIGINT", "SIGTERM"] as const)(
  "the shop reports to the server beside it, and %s stops both with a delivery report",
  async (signal) => {
    const data = path.join(folder.path, signal);
    const demo = startProgram(programs.start, ["--port", "0", "--shop-port", "0", "--data", data]);
    const [, liveView, shop] = await demo.output(/Open (\S+)[\s\S]*Open (\S+)[\s\S]*Ctrl-C/);

    const page = await fetch(`${shop}/`);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
    expect(await page.text()).toContain(`name="segops-api-url" content="${liveView}"`);

    await post(`${shop}/sign-ups`, { name: "Ada", email: "ada@example.com" });
    await post(`${shop}/orders`, { email: "ada@example.com", items: [{ sku: "mug", quantity: 2 }] });
    const stream = await fetch(`${shop}/books/stream`);
    await untilDelivered(stream, 3);
    // The fourth is the warehouse's, which has packed the order.
    const counts = await (await fetch(`${liveView}/local/wait?good=4&timeout=30s`)).json();
    expect(counts).toMatchObject({ good: 4, bad: 0, distinct_users: 1 });

    // Still queued when the signal comes.
    await post(`${shop}/sign-ups`, { name: "Bob", email: "bob@example.com" });
    demo.kill(signal);
    const { code, stdout, stderr } = await demo.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/accepted\s+5\n\s+delivered\s+5\n\s+refused\s+0\n\s+dropped\s+0\n\s+pending\s+0/);
  },
);

test("takes other ports when its own are taken", async () => {
  const taken = await listening();
  const { port } = taken.address() as AddressInfo;
  const ports = ["--port", String(port), "--shop-port", String(port)];
  const demo = startProgram(programs.start, [...ports, "--data", path.join(folder.path, "ports")]);
  const [, liveView, shop] = await demo.output(/Open (\S+)[\s\S]*Open (\S+)/);
  expect(new Set([liveView, shop, `http://127.0.0.1:${port}`]).size).toBe(3);
  expect((await fetch(`${shop}/books`)).status).toBe(200);
  demo.kill("SIGTERM");
  expect((await demo.ended).code).toBe(0);
  taken.close();
});

test("made-up visitors say that they are", async () => {
  const args = [
    "--port",
    "0",
    "--shop-port",
    "0",
    "--visitors",
    "100",
    "--data",
    path.join(folder.path, "visitors"),
  ];
  const demo = startProgram(programs.start, args);
  const [, liveView, shop] = await demo.output(/Open (\S+)[\s\S]*Open (\S+)/);
  await untilDelivered(await fetch(`${shop}/books/stream`), 20);
  const { results } = (await (await fetch(`${liveView}/local/events`)).json()) as {
    results: { user_id: string; payload: { synthetic?: boolean } }[];
  };
  for (const { user_id, payload } of results) {
    expect(user_id).toMatch(/@synthetic\.example$/);
    expect(payload.synthetic).toBe(true);
  }
  demo.kill("SIGINT");
  expect((await demo.ended).code).toBe(0);
});

async function post(url: string, body: unknown): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(201);
}

async function untilDelivered(stream: Response, events: number): Promise<void> {
  let text = "";
  for await (const chunk of stream.body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk);
    const delivered = [...text.matchAll(/"delivered":(\d+)/g)].map(([, count]) => Number(count));
    if (Math.max(0, ...delivered) >= events) return;
  }
}

async function listening(): Promise<Server> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
