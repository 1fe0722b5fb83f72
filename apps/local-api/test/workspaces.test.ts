import { describe, expect, test } from "vitest";
import type { NewWorkspace } from "../src/index";
import { dataFolder } from "./support/command";
import { batch, get, localServer, mint, pageViewed, post, track } from "./support/local-server";
import { openStream } from "./support/stream";

const secret = ({ secretKey }: NewWorkspace) => ({ Authorization: `ApiKey ${secretKey}` });

describe("tests that share a server, each with a workspace of its own,", () => {
  test("count and see only their own events", async () => {
    const server = await localServer();
    const [a, b] = [await server.createWorkspace(), await server.createWorkspace()];
    await batch(server, [pageViewed, pageViewed, "bad"], secret(a));
    await batch(server, [pageViewed], secret(b));
    expect((await get(server, "/local/counts", secret(a))).body).toMatchObject({ good: 2, bad: 1 });
    expect((await get(server, "/local/events", secret(b))).body).toMatchObject({ count: 1 });
    expect((await get(server, "/local/bad", secret(b))).body).toMatchObject({ count: 0 });
    expect((await get(server, "/local/events/1", secret(b))).status).toBe(404);
    expect((await get(server, "/local/counts")).body).toMatchObject({ good: 3 });
    expect(await server.counts(b.workspace)).toMatchObject({ good: 1, bad: 0 });
    expect(await server.waitForCounts(({ good }) => good === 2, { workspace: a.workspace })).toMatchObject({
      bad: 1,
    });
  });

  test("reset only their own, and may use the same ids again", async () => {
    const server = await localServer();
    const [a, b] = [await server.createWorkspace("a"), await server.createWorkspace("b")];
    const sends = [
      { ...pageViewed, event_id: "e1", anonymous_id: "x" },
      { ...pageViewed, event_id: "e2" },
    ];
    for (const each of [a, b]) await batch(server, sends, { ...secret(each), "Idempotency-Key": "k" });
    expect((await post(server, "/local/reset", "", secret(a))).body).toMatchObject({
      total: 0,
      duplicates: 0,
    });
    expect(await server.counts("b")).toMatchObject({ good: 2 });
    await batch(server, sends, { ...secret(a), "Idempotency-Key": "k" });
    expect(await server.counts("a")).toMatchObject({ good: 2, duplicates: 0 });
  });

  test("hear only of their own arrivals", async () => {
    const server = await localServer();
    const [a, b] = [await server.createWorkspace(), await server.createWorkspace()];
    const stream = await openStream(server, secret(a));
    await stream.next("counts");
    await track(server, { ...pageViewed, user_id: "of b" }, secret(b));
    await track(server, { ...pageViewed, user_id: "of a" }, secret(a));
    const { arrivals } = (await stream.next("arrivals")).data as { arrivals: unknown[] };
    expect(arrivals).toMatchObject([{ user_id: "of a" }]);
  });

  test("are heard of when they are reset: by those who listen to them or to everybody", async () => {
    const server = await localServer();
    const [a, b] = [await server.createWorkspace("a"), await server.createWorkspace("b")];
    const streams = [await openStream(server, secret(a)), await openStream(server)];
    const others = await openStream(server, secret(b));
    for (const stream of [...streams, others]) await stream.next("counts");
    await server.reset("a");
    for (const stream of streams) expect((await stream.next("reset")).data).toEqual({});
    await track(server, pageViewed, secret(b));
    await others.next("arrivals");
    expect(others.untaken()).not.toContain("reset");
  });

  test("open sessions with a public key of their own", async () => {
    const server = await localServer();
    const a = await server.createWorkspace();
    const { body } = await mint(server, { user_id: "ada" }, { Authorization: `ApiKey ${a.publicKey}` });
    await track(server, pageViewed, { Authorization: `Bearer ${(body as { token: string }).token}` });
    expect(await server.counts(a.workspace)).toMatchObject({ good: 1 });
  });
});

describe("a workspace", () => {
  test("is made over HTTP as well", async () => {
    const server = await localServer();
    const made = await fetch(`${server.url}/local/workspaces`, { method: "POST" });
    expect(made.status).toBe(201);
    const body = (await made.json()) as Record<string, string>;
    expect(body).toEqual({
      workspace: expect.stringMatching(/^test-/),
      secret_key: expect.stringMatching(/^sk_test_/),
      public_key: expect.stringMatching(/^pk_test_/),
    });
    const Authorization = `ApiKey ${body.secret_key}`;
    expect((await track(server, pageViewed, { Authorization })).status).toBe(202);
  });

  test("keeps its keys over a restart, and the database has them as hashes only", async () => {
    const dataDirectory = await dataFolder();
    const first = await localServer({ dataDirectory });
    const made = await first.createWorkspace();
    await first.close();
    const second = await localServer({ dataDirectory });
    expect((await track(second, pageViewed, secret(made))).status).toBe(202);
    await second.close();
    const { readFile, readdir } = await import("node:fs/promises");
    for (const file of await readdir(dataDirectory)) {
      expect((await readFile(`${dataDirectory}/${file}`)).includes(made.secretKey)).toBe(false);
    }
  });

  test("is not made from another machine", async () => {
    const server = await localServer({ host: "0.0.0.0", keys: [{ key: "sk_mine" }] });
    const local = { url: `http://127.0.0.1:${server.port}` };
    const answer = await post(local, "/local/workspaces", {}, { Authorization: "ApiKey sk_mine" });
    expect(answer.status).toBe(403);
  });
});
