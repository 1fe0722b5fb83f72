import type { Notice } from "@segops/core";
import { describe, expect, it } from "vitest";
import { SegOpsClient } from "../../src/edge/workerd";

interface Sent {
  readonly eventTypes: string[];
  answer(status: number): void;
}

/** A client whose requests the test answers by hand. */
function isolate() {
  const sent: Sent[] = [];
  const client = new SegOpsClient({
    apiUrl: "https://api.segops.test",
    apiKey: "sk_test_key",
    batchSize: 2,
    maxRetries: 0,
    onError: () => {},
    fetch: (_, { body }) =>
      new Promise((resolve) => {
        const eventTypes = JSON.parse(body).events.map((event: { event_type: string }) => event.event_type);
        const answer = (status: number) =>
          resolve({ status, headers: { get: () => null }, text: async () => "{}" });
        sent.push({ eventTypes, answer });
      }),
  });
  const track = (eventType: string) => client.track({ userId: "ada", eventType });
  const arrived = () => sent.map(({ eventTypes }) => eventTypes);
  return { client, sent, track, arrived };
}

const delivered = (count: number) => ({ delivered: count, refused: 0, pending: 0 });

describe("a client for isolates where a request owns what it starts", () => {
  it("sends within flush(), and nothing between", async () => {
    const { client, sent, track, arrived } = isolate();
    for (const name of ["one", "two", "three"]) track(name);
    await new Promise(setImmediate);
    expect(arrived()).toEqual([]);
    const flushed = client.flush();
    await expect.poll(arrived).toEqual([["one", "two", "three"]]);
    sent[0]?.answer(202);
    expect(await flushed).toEqual(delivered(3));
  });

  it("lets no request wait for another's", async () => {
    const { client, sent, track, arrived } = isolate();
    track("hers");
    const hers = client.flush();
    track("his");
    const his = client.flush();
    await expect.poll(arrived).toEqual([["hers"], ["his"]]);
    sent[1]?.answer(202);
    expect(await his).toEqual(delivered(1));
    sent[0]?.answer(202);
    expect(await hers).toEqual(delivered(1));
    expect(client.totals).toMatchObject({ accepted: 2, delivered: 2, pending: 0 });
  });

  it("leaves what could not be delivered to the next flush", async () => {
    const { client, sent, track, arrived } = isolate();
    track("first");
    const failing = client.flush();
    await expect.poll(arrived).toEqual([["first"]]);
    sent[0]?.answer(503);
    expect(await failing).toEqual({ delivered: 0, refused: 0, pending: 1 });
    const next = client.flush();
    await expect.poll(arrived).toEqual([["first"], ["first"]]);
    sent[1]?.answer(202);
    expect(await next).toEqual(delivered(1));
  });

  it("has nothing to do where nothing is queued", async () => {
    expect(await isolate().client.flush()).toEqual(delivered(0));
  });

  it("tells a listener of every request's events, until it has heard enough", async () => {
    const { client, track } = isolate();
    const heard: Notice["type"][] = [];
    void client.flush();
    const stop = client.subscribe((notice) => heard.push(notice.type));
    track("one");
    void client.flush();
    track("two");
    expect(heard.filter((type) => type === "queued")).toHaveLength(2);
    stop();
    track("three");
    expect(heard.filter((type) => type === "queued")).toHaveLength(2);
  });

  it("takes no event after shutdown()", async () => {
    const { client, track, arrived } = isolate();
    expect(await client.shutdown()).toEqual(delivered(0));
    track("late");
    expect(client.totals).toMatchObject({ accepted: 1, dropped: { closed: 1 } });
    expect(arrived()).toEqual([]);
  });

  it("says at once what is wrong with the options", () => {
    expect(() => new SegOpsClient({ apiUrl: "nowhere", apiKey: "sk_test_key" })).toThrow("apiUrl");
  });
});
