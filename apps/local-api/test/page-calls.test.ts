import { describe, expect, test } from "vitest";
import { batch, get, localServer, pageViewed, post, track } from "./support/local-server";
import { openStream } from "./support/stream";

const secret = { Authorization: "ApiKey sk_test_local" };

describe("the page hears", () => {
  test("of faults that come, meet a request and go", async () => {
    const server = await localServer();
    const stream = await openStream(server);
    expect((await stream.next("faults")).data).toEqual([]);
    const fault = server.faults.add({ kind: "error", on: "ingestion" });
    expect((await stream.next("faults")).data).toMatchObject([{ hits: 0, fault: { kind: "error" } }]);
    await track(server, pageViewed);
    expect((await stream.next("faults")).data).toMatchObject([{ hits: 1 }]);
    fault.remove();
    expect((await stream.next("faults")).data).toEqual([]);
  });

  test("that segments were computed anew", async () => {
    const server = await localServer();
    const stream = await openStream(server);
    await track(server, pageViewed);
    const definition = {
      logic: "AND",
      conditions: [{ type: "event_count", event_type: "page_viewed", operator: "gte", value: 1 }],
    };
    await post(server, "/api/segments/", { name: "Viewers", definition });
    expect((await stream.next("segments")).data).toEqual({});
  });
});

describe("the page reads", () => {
  test("what the keys of the start may do, but not the keys", async () => {
    const server = await localServer({
      keys: [
        { key: "sk_live_precious", workspace: "shop" },
        { key: "pk_test_local", allowedOrigins: ["https://app.tenant.com"] },
      ],
    });
    expect((await get(server, "/local/keys")).body).toEqual({
      results: [
        {
          kind: "secret",
          workspace: "shop",
          key: null,
          allowed_origins: [],
          allow_missing_origin: true,
          require_signed_user_id: false,
        },
        {
          kind: "public",
          workspace: "local",
          key: "pk_test_local",
          allowed_origins: ["https://app.tenant.com"],
          allow_missing_origin: false,
          require_signed_user_id: false,
        },
      ],
    });
    const ofShop = await get(server, "/local/keys", { Authorization: "ApiKey sk_live_precious" });
    expect(ofShop.body).toMatchObject({ results: [{ kind: "secret" }] });
  });

  test("what a user did under which of their ids, page by page, with a key only", async () => {
    const server = await localServer();
    await batch(server, [
      { ...pageViewed, user_id: "anon_v1", anonymous_id: "v1", occurred_at: "2026-01-01T00:00:00Z" },
      { ...pageViewed, anonymous_id: "v1", occurred_at: "2026-01-02T00:00:00Z" },
    ]);
    const first = (await get(server, "/local/users/ada/history?limit=1", secret)).body as {
      next_cursor: string;
    };
    expect(first).toMatchObject({
      user_id: "ada",
      aliases: ["anon_v1"],
      count: 2,
      results: [{ user_id: "ada" }],
    });
    const next = await get(server, `/local/users/anon_v1/history?cursor=${first.next_cursor}`, secret);
    expect(next.body).toMatchObject({ results: [{ user_id: "anon_v1" }], next_cursor: null });
    expect((await get(server, "/local/users/ada/history")).status).toBe(401);
  });

  test("users and segments whatever the faults and limits of the server", async () => {
    const server = await localServer({ callsPerMinute: 1 });
    await track(server, pageViewed);
    server.faults.add({ kind: "error" });
    for (const path of [
      "/local/segments/",
      "/local/explorer/users/",
      "/local/explorer/users/ada/segments/",
    ]) {
      expect([path, (await get(server, path, secret)).status]).toEqual([path, 200]);
      expect([path, (await get(server, path)).status]).toEqual([path, 401]);
    }
    expect(server.faults.list()).toMatchObject([{ hits: 0 }]);
  });
});
