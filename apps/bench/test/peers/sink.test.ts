import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { bodyText } from "../../src/peers/body-text";
import { EventCount } from "../../src/peers/event-count";
import { markerOf, markersIn } from "../../src/peers/marker";
import { type Fate, type PeerSink, startPeerSink } from "../../src/peers/sink";

let sink: PeerSink | undefined;
afterEach(() => sink?.close());

const bodyOf = (...numbers: number[]): string =>
  JSON.stringify({ batch: numbers.map((number) => ({ properties: { id: markerOf(number) } })) });
const post = (body: string | Uint8Array<ArrayBuffer>, path = "/v1/batch") =>
  fetch(`${sink?.url}${path}`, { method: "POST", body });

test("events are known by their markers however the SDK encodes a body", () => {
  const json = bodyOf(1, 22, 1);
  const base64 = Buffer.from(json).toString("base64");
  const bodies = {
    json: Buffer.from(json),
    gzip: gzipSync(json),
    form: Buffer.from(`data=${encodeURIComponent(json)}`),
    "form with base64": Buffer.from(`data=${encodeURIComponent(base64)}&ip=1`),
    "JSON in JSON": Buffer.from(JSON.stringify({ inner: json })),
  };
  for (const [encoding, body] of Object.entries(bodies))
    expect(markersIn(bodyText(body)), encoding).toEqual([1, 22, 1]);
  expect(markersIn(bodyText(Buffer.from('{"no":"~events~"}')))).toEqual([]);
});

test("an event that comes again is a duplicate", () => {
  const count = new EventCount();
  count.add([1, 2]);
  count.add([2, 3, 2]);
  expect({ unique: count.unique, duplicates: count.duplicates }).toEqual({ unique: 3, duplicates: 2 });
});

test("the sink counts what it takes, and nothing of what it refuses", async () => {
  const fates: Fate[] = [{ status: 429, retryAfter: 2 }, "reset", "reset after", "taken"];
  sink = await startPeerSink({ fate: (request) => fates[request - 1] ?? "taken" });
  const limited = await post(bodyOf(1, 2));
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "2"]);
  await expect(post(bodyOf(1, 2))).rejects.toThrow();
  expect(sink.events.unique).toBe(0);
  await expect(post(bodyOf(1, 2))).rejects.toThrow();
  await post(gzipSync(bodyOf(2, 3)) as Uint8Array<ArrayBuffer>);
  expect([sink.events.unique, sink.events.duplicates, sink.requests]).toEqual([3, 1, 4]);
  await sink.arrived(3, 0);
});

test("requests without events are answered, and fail by no fate", async () => {
  sink = await startPeerSink({ fate: () => ({ status: 500 }) });
  const session = await post("{}", "/api/auth/session/");
  expect(await session.json()).toMatchObject({ token: "local", uid: "visitor" });
  const settings = await fetch(`${sink.url}/v1/projects/key/settings`);
  expect(await settings.json()).toHaveProperty(["integrations", "Segment.io"]);
  expect(sink.requests).toBe(0);
});

test("a page may send the headers that its SDK wants to", async () => {
  sink = await startPeerSink();
  const answer = await fetch(sink.url, {
    method: "OPTIONS",
    headers: { origin: "https://shop.example", "access-control-request-headers": "x-retry-count" },
  });
  const { headers } = answer;
  expect([headers.get("access-control-allow-origin"), headers.get("access-control-allow-headers")]).toEqual([
    "https://shop.example",
    "x-retry-count",
  ]);
});
