import { defineEvents } from "@segops/core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import "../src/vitest";
import { type LocalApi, startLocalApi } from "../src/local-api/index";

const events = defineEvents({ order_placed: z.object({ total: z.number() }) });

let segops: LocalApi<typeof events>;
beforeAll(async () => {
  segops = await startLocalApi<typeof events>();
});
beforeEach(() => segops.clear());
afterAll(() => segops.stop());

const post = (path: string, key: string, body: unknown) =>
  fetch(segops.url + path, {
    method: "POST",
    headers: { authorization: key, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const send = (total: number) =>
  post("/api/ingestion/track/", `ApiKey ${segops.secretKey}`, {
    user_id: "ada",
    event_type: "order_placed",
    payload: { total },
  });

it("a test waits until so many events are stored, and looks at them with the matchers", async () => {
  const waiting = segops.waitForEvents(2);
  await send(1);
  await send(2);
  const record = await waiting;
  expect(record).toHaveTracked("order_placed", { total: 2 }, { userId: "ada", times: 1 });
  expect(record.eventsOf("order_placed").map(({ payload }) => payload.total)).toEqual([1, 2]);
});

it("a test that waits in vain is told how many there are", async () => {
  await send(1);
  await expect(segops.waitForEvents(2, { timeoutMs: 1 })).rejects.toThrow(/"good":1/);
});

it("clear() forgets what is stored", async () => {
  await send(1);
  await segops.clear();
  expect((await segops.record()).events()).toEqual([]);
});

describe("a fault is met by the next requests", () => {
  it.each([
    [503, 503],
    [{ status: 429, retryAfterSeconds: 2 }, 429],
  ])("%j", async (fault, status) => {
    segops.failNext(fault, 2);
    const answers = [await send(1), await send(1), await send(1)];
    expect(answers.map((answer) => answer.status)).toEqual([status, status, 202]);
    expect(answers[0]?.headers.get("retry-after")).toBe(status === 429 ? "2" : null);
  });

  it("a broken connection", async () => {
    segops.failNext("network_error");
    await expect(send(1)).rejects.toThrow();
    expect((await send(1)).status).toBe(202);
  });

  it("a session that fails, and a token that has expired", async () => {
    segops.failNextSession(500);
    const mint = () => post("/api/auth/session/", `ApiKey ${segops.publicKey}`, { user_id: "ada" });
    expect((await mint()).status).toBe(500);
    const { token } = (await (await mint()).json()) as { token: string };
    segops.expireTokens();
    const answer = await post("/api/ingestion/track/", `Bearer ${token}`, {
      user_id: "ada",
      event_type: "a",
    });
    expect(answer.status).toBe(401);
  });
});
