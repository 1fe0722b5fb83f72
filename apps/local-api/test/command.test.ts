import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { dataFolder, runCommand, runFailing } from "./support/command";
import { batch, get, localServer, pageViewed, track } from "./support/local-server";

async function takenPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return String((server.address() as AddressInfo).port);
}

describe("segops-local", () => {
  test("says where it listens and which keys it takes", async () => {
    const { lines, url } = await runCommand("--port", "0", "--data", ":memory:");
    expect(lines[0]).toMatch(/^SegOps local API listening on http:\/\/127\.0\.0\.1:\d+$/);
    expect(lines[1]).toBe("Keys: sk_test_local, pk_test_local");
    expect((await get({ url }, "/health")).body).toEqual({ status: "ok" });
  });

  test("takes keys of your own and does not print them", async () => {
    const command = await runCommand("--port", "0", "--data", ":memory:", "--secret-key", "sk_live_precious");
    expect((await track(command, pageViewed, { Authorization: "ApiKey sk_live_precious" })).status).toBe(202);
    expect((await track(command, pageViewed)).status).toBe(401);
    expect(command.lines.join()).not.toContain("precious");
  });

  test.each(["SIGTERM", "SIGINT"] as const)("ends cleanly on %s, with a page open", async (signal) => {
    const data = await dataFolder();
    const command = await runCommand("--port", "0", "--data", data);
    await batch(command, [pageViewed]);
    const stream = await fetch(`${command.url}/local/stream`);
    expect(await command.end(signal)).toBe(0);
    await stream.body?.cancel().catch(() => {});
    const next = await localServer({ dataDirectory: data });
    expect(await next.counts()).toMatchObject({ good: 1 });
  });
});

describe("a port that is taken", () => {
  test("is replaced by a free one, and it says so", async () => {
    const port = await takenPort();
    const command = await runCommand("--port", port, "--data", ":memory:");
    expect(command.url).not.toContain(`:${port}`);
    expect(command.lines[1]).toMatch(`Port ${port} was taken, so`);
    expect((await track(command, pageViewed)).status).toBe(202);
  });

  test("is an error with --strict-port", async () => {
    const port = await takenPort();
    const { code, message } = await runFailing("--port", port, "--strict-port", "--data", ":memory:");
    expect(code).toBe(1);
    expect(message).toMatch(`Port ${port} on 127.0.0.1 is taken.`);
  });
});

describe("segops-local does not start, and says in one line why", () => {
  test("when another one uses the data folder", async () => {
    const data = await dataFolder();
    await runCommand("--port", "0", "--data", data);
    const { code, message } = await runFailing("--port", "0", "--data", data);
    expect(code).toBe(1);
    expect(message).toMatch(/^The data in .* is in use by another process\. .*--data/);
  });

  test("when it would offer the well-known keys to other machines", async () => {
    const { code, message } = await runFailing("--host", "0.0.0.0", "--data", ":memory:");
    expect(code).toBe(1);
    expect(message).toMatch(/^Refusing to listen on 0\.0\.0\.0/);
  });

  test("when an option makes no sense", async () => {
    expect(await runFailing("--port", "eighty")).toMatchObject({ code: 1, message: /whole number/ });
  });
});
