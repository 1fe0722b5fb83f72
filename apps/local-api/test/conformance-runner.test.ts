import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { loadCases } from "../src/conformance/case-file";
import { differences } from "../src/conformance/match";
import { missingFor, runCase, type Subject } from "../src/conformance/run-case";

const cases = await loadCases(fileURLToPath(new URL("../conformance/", import.meta.url)));

/** A server that answers every request alike. */
async function answering(status: number, body: string): Promise<Subject> {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(status, { "Content-Type": "application/json" }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const all = "key";
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secretKey: all,
    publicKey: all,
    mcpKey: all,
    allowlistKey: all,
    signedKey: all,
    hmacSecret: "00",
    patienceMs: 0,
  };
}

describe("a server that does not keep the contract is found out", () => {
  test.each([
    ["accepts everything and keeps nothing", 202, '{"queued": true}'],
    ["answers 200 to everything", 200, "{}"],
    ["fails", 500, '{"detail": "failed"}'],
    ["speaks no JSON", 200, "<html>"],
  ])("when it %s", async (_, status, body) => {
    const subject = await answering(status, body);
    const problems = await Promise.all(cases.map((each) => runCase(each, subject)));
    const unnoticed = cases.filter((_each, index) => problems[index]?.length === 0);
    // One case asks for nothing but a 202.
    expect(unnoticed.map(({ name }) => name)).toEqual(
      status === 202 ? ["is accepted without the trailing slash"] : [],
    );
  });
});

test("a case is left out where the server was not set up for it", () => {
  const plain = { url: "", secretKey: "sk_a", publicKey: "pk_a" };
  const leftOut = cases.filter((each) => missingFor(each, plain).length > 0);
  expect(new Set(leftOut.flatMap((each) => missingFor(each, plain)))).toEqual(
    new Set(["mcpKey", "allowlistKey", "signedKey"]),
  );
});

describe("an answer is compared", () => {
  test.each([
    [{ a: 1 }, { a: 1, more: true }, 0],
    [{ a: 1 }, { a: 2 }, 1],
    [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, 1],
    [[1], [1, 2], 1],
    ["$string", "x", 0],
    ["$string", 1, 1],
    ["$strings", ["x"], 0],
    ["$strings", [], 1],
    ["$time", "2026-01-01T00:00:00Z", 0],
    ["$time", "soon", 1],
    ["$any", undefined, 1],
    [null, null, 0],
    [null, undefined, 1],
  ])("%j with %j", (expected, actual, count) => {
    expect(differences(expected, actual)).toHaveLength(count);
  });
});
