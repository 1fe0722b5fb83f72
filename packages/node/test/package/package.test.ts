import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
// @boundaries-ignore: shared by every package's tests
import { packedPackage, testTarball } from "../../../../scripts/lib/packed-package.ts";

const packed = packedPackage("node", {
  needs: ["core"],
  vendored: [{ name: "undici", from: "packages/node" }],
  linked: [{ name: "@types/node", from: "packages/node" }],
});

describe("the tarball", () => {
  testTarball("node", packed);

  test("depends on the engine and undici alone", async () => {
    const { dependencies, peerDependencies } = await packed.project.manifest("@segops/node");
    expect(Object.keys(dependencies ?? {}).sort()).toEqual(["@segops/core", "undici"]);
    expect(peerDependencies ?? {}).toEqual({});
  });
});

describe("installed with npm", () => {
  let eventTypes: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      const { events }: { events: { event_type: string }[] } = JSON.parse(body);
      eventTypes.push(...events.map((event) => event.event_type));
      response.writeHead(202, { "content-type": "application/json" });
      response.end(JSON.stringify({ queued: events.length, skipped: 0 }));
    });
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.close();
  });
  beforeEach(() => {
    eventTypes = [];
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const deliverOne = `
    const client = new SegOpsClient({ apiUrl: process.argv[2], apiKey: "sk_test_x" });
    client.track({ userId: "u1", eventType: "signed_up", payload: { plan: "pro" } });
    client.shutdown().then((report) => console.log(JSON.stringify(report)));`;

  test("delivers from an ES module", async () => {
    const printed = await packed.project.run(
      "consumer.mjs",
      `import { SegOpsClient } from "@segops/node"; ${deliverOne}`,
      url(),
    );
    expect(JSON.parse(printed)).toEqual({ delivered: 1, refused: 0, pending: 0 });
    expect(eventTypes).toEqual(["signed_up"]);
  });

  test("delivers from CommonJS", async () => {
    const printed = await packed.project.run(
      "consumer.cjs",
      `const { SegOpsClient } = require("@segops/node"); ${deliverOne}`,
      url(),
    );
    expect(JSON.parse(printed)).toEqual({ delivered: 1, refused: 0, pending: 0 });
    expect(eventTypes).toEqual(["signed_up"]);
  });

  const consumer = `import { SegOpsClient } from "@segops/node";
    export async function main(): Promise<number> {
      const client = new SegOpsClient({ apiUrl: "http://127.0.0.1:1", apiKey: "sk_test_x" });
      client.track({ userId: "u1", eventType: "signed_up", payload: { plan: "pro" } });
      const { delivered, refused, pending } = await client.shutdown();
      // @ts-expect-error: an event has a type
      client.track({ userId: "u1" });
      return delivered + refused + pending;
    }`;

  test.each(["node16", "bundler"] as const)("type-checks, %s", async (resolution) => {
    expect(await packed.project.typecheck(consumer, { resolution, types: ["node"] })).toBe("");
  });
});
