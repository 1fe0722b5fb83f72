import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { dataFolder, runCommand, runFailing } from "./support/command";
import { emptyPostgres, hasPostgres } from "./support/databases";
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

  test("takes keys from the environment, where no list of processes shows them", async () => {
    const env = { SEGOPS_LOCAL_SECRET_KEY: "sk_live_precious" };
    const command = await runCommand("--port", "0", "--data", ":memory:", { env });
    expect((await track(command, pageViewed, { Authorization: "ApiKey sk_live_precious" })).status).toBe(202);
    expect((await track(command, pageViewed)).status).toBe(401);
  });

  test("limits calls where it is told to", async () => {
    const command = await runCommand("--port", "0", "--data", ":memory:", "--rate-limit", "1");
    expect((await track(command, pageViewed)).status).toBe(202);
    expect((await track(command, pageViewed)).status).toBe(429);
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

describe("with --fail-on-bad", () => {
  test("a run in which an event was refused ends with 2, and says why", async () => {
    const command = await runCommand("--port", "0", "--data", ":memory:", "--fail-on-bad");
    await batch(command, [pageViewed, { user_id: "ada" }]);
    expect(await command.end("SIGTERM")).toBe(2);
    expect(command.lines).toContain("1 event was refused:");
    expect(command.lines).toContain("  required (event_type): This field is required.");
  });

  test("any other run ends with 0, whatever happened in those before", async () => {
    const data = await dataFolder();
    const first = await runCommand("--port", "0", "--data", data);
    await batch(first, ["bad"]);
    expect(await first.end("SIGTERM")).toBe(0);
    const second = await runCommand("--port", "0", "--data", data, "--fail-on-bad");
    await batch(second, [pageViewed]);
    expect(await second.end("SIGTERM")).toBe(0);
  });
});

describe.skipIf(!hasPostgres)("events go to PostgreSQL", () => {
  test.each(["--database-url", "DATABASE_URL"])("where %s says so", async (how) => {
    const databaseUrl = await emptyPostgres();
    const command =
      how === "DATABASE_URL"
        ? await runCommand({ env: { DATABASE_URL: databaseUrl } }, "--port", "0")
        : await runCommand("--port", "0", "--database-url", databaseUrl);
    await batch(command, [pageViewed]);
    const other = await localServer({ databaseUrl });
    expect(await other.counts()).toMatchObject({ good: 1 });
  });

  test("but not where --data was given", async () => {
    const databaseUrl = await emptyPostgres();
    const env = { DATABASE_URL: databaseUrl };
    const command = await runCommand({ env }, "--port", "0", "--data", ":memory:");
    await batch(command, [pageViewed]);
    const other = await localServer({ databaseUrl });
    expect(await other.counts()).toMatchObject({ good: 0 });
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
