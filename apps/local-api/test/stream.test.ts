import { describe, expect, test } from "vitest";
import { batch, localServer, pageViewed, track } from "./support/local-server";
import { openStream } from "./support/stream";

describe("a listener hears", () => {
  test("the counts first, and again when they change", async () => {
    const server = await localServer();
    const stream = await openStream(server);
    expect((await stream.next("counts")).data).toMatchObject({ good: 0 });
    await track(server, pageViewed);
    expect((await stream.next("counts")).data).toMatchObject({ good: 1 });
  });

  test("of good events, of bad ones with the reason, and of refused requests", async () => {
    const server = await localServer();
    const stream = await openStream(server);
    await stream.next("counts");
    const heard = async () => (await stream.next("arrivals")).data.arrivals;
    await track(server, { ...pageViewed, payload: { page: "/" } });
    expect(await heard()).toMatchObject([{ kind: "good", ...pageViewed, text: '{"page":"/"}' }]);
    await track(server, { user_id: "ada" });
    expect(await heard()).toMatchObject([{ kind: "bad", reason: "required", field: "event_type" }]);
    await track(server, pageViewed, { Authorization: "ApiKey sk_wrong" });
    expect(await heard()).toMatchObject([{ kind: "refused", status: 401, path: "/api/ingestion/track/" }]);
  });

  test("of a reset", async () => {
    const server = await localServer();
    const stream = await openStream(server);
    await stream.next("counts");
    await server.reset();
    expect((await stream.next("reset")).data).toEqual({});
  });

  test("of the newest events when too many arrive, and of how many it missed", async () => {
    const server = await localServer();
    const stream = await openStream(server);
    await stream.next("counts");
    await batch(
      server,
      Array.from({ length: 500 }, (_, n) => ({ ...pageViewed, payload: { n } })),
    );
    const { skipped, arrivals } = (await stream.next("arrivals")).data as {
      skipped: number;
      arrivals: { text: string }[];
    };
    expect(skipped).toBe(300);
    expect(arrivals).toHaveLength(200);
    expect(arrivals.at(-1)?.text).toBe('{"n":499}');
  });
});
