import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { SessionUser } from "../src/index";
import { openClient } from "./support/open-client";
import { answerBatch, answerSession, batches, events, seen, sessions, status } from "./support/segops-server";

const stored = () => JSON.stringify({ ...localStorage });
/** Makes the choice of another tab. */
function chooseElsewhere(choice: string): void {
  openClient().client.optIn();
  localStorage.setItem(consentKey(), choice);
}
const consentKey = () => Object.keys(localStorage).find((name) => name.endsWith(":consent")) as string;

describe("the visitor's choice", () => {
  it("is heeded when it was made in another tab before the first event", async () => {
    const { client } = openClient();
    expect(client.totals.pending).toBe(0);
    await new Promise((resolve) => setTimeout(resolve));
    chooseElsewhere("denied");
    client.track({ eventType: "cart_opened" });
    await client.flush();
    expect(client.totals).toMatchObject({ dropped: { no_consent: 1 }, pending: 0 });
    expect(seen).toEqual([]);
  });

  it("is heeded by a page that comes out of the back/forward cache", async () => {
    const { client } = openClient();
    answerBatch(status(503), status(503), status(503), status(503));
    client.track({ eventType: "cart_opened" });
    await expect.poll(() => localStorage.length).toBeGreaterThan(1);
    chooseElsewhere("denied");
    window.dispatchEvent(new Event("pageshow"));
    expect(client.totals.pending).toBe(0);
  });

  it("leaves no trace of the anonymous id, and a new one counts after optIn()", async () => {
    const { client } = openClient();
    const before = client.anonymousId;
    expect(stored()).toContain(before);
    client.optOut();
    expect(stored()).not.toContain(before);
    client.optIn();
    client.track({ eventType: "cart_opened" });
    await client.flush();
    expect(JSON.stringify(seen)).not.toContain(before);
    expect(stored()).toContain(client.anonymousId);
  });

  it("keeps the user who is logged in", () => {
    const { client } = openClient();
    client.setUser("ada");
    client.optOut();
    client.optIn();
    expect(client.userId).toBe("ada");
  });

  it("tells who waits for flush() that nothing was delivered", async () => {
    const { client } = openClient();
    client.track({ eventType: "cart_opened" });
    const report = client.flush();
    client.optOut();
    expect(await report).toEqual({ delivered: 0, refused: 0, pending: 1 });
  });

  it("is not asked around: what is stored stays where it is while consent is pending", async () => {
    chooseElsewhere("granted");
    await new Promise((resolve) => setTimeout(resolve));
    const [key, damaged] = [consentKey(), "damaged"];
    localStorage.clear();
    localStorage.setItem(key.replace("consent", "01234567-0123-7123-8123-0123456789ab:1"), damaged);
    const { client, errors } = openClient({ consent: "pending" });
    client.track({ eventType: "cart_opened" });
    window.dispatchEvent(new Event("pageshow"));
    await new Promise((resolve) => setTimeout(resolve));
    expect(Object.values(localStorage)).toEqual([damaged]);
    expect(errors).toEqual([]);
    expect(client.totals.pending).toBe(1);
  });
});

describe("who the visitor is", () => {
  it("is not what getUser says after a logout", async () => {
    let answer: (user: SessionUser) => void = () => {};
    const getUser = () => new Promise<SessionUser>((resolve) => (answer = resolve));
    const { client } = openClient({ getUser });
    expect(client.userId).toBeUndefined();
    client.reset();
    const { anonymousId } = client;
    answer({ userId: "ada", anonymousId: "of-ada" });
    await Promise.resolve();
    expect(client.userId).toBeUndefined();
    expect(client.anonymousId).toBe(anonymousId);
  });

  it.each(["", 42, null])("is anonymous where getUser gives the id %j", async (userId) => {
    const { client } = openClient({ getUser: () => ({ userId }) as SessionUser });
    client.track({ eventType: "cart_opened" });
    expect(await client.flush()).toMatchObject({ delivered: 1 });
  });

  it("costs no new token when nobody is nobody again", async () => {
    const { client } = openClient();
    for (let count = 0; count < 3; count++) {
      client.track({ eventType: "cart_opened" });
      await client.flush();
      client.setUser(undefined);
    }
    expect(sessions()).toHaveLength(1);
  });

  it("changes at a login before there is a token, at the price of one token each", async () => {
    const { client } = openClient({ flushInterval: 200 });
    client.track({ eventType: "cart_opened" });
    client.identify({ userId: "ada" });
    await expect.poll(() => events().length).toBe(2);
    expect(sessions()).toHaveLength(2);
  });
});

describe("stored events", () => {
  it.each(["1", "null\n{}", "[]", '["ada",null]', '["ada",null]\n{"user_id":"grace"}'])(
    "that read %j are skipped, and hold up nothing",
    async (damaged) => {
      chooseElsewhere("granted");
      // It looks for stored events itself.
      await new Promise((resolve) => setTimeout(resolve));
      localStorage.setItem(
        consentKey().replace("consent", "01234567-0123-7123-8123-0123456789ab:1"),
        damaged,
      );
      const { client, errors } = openClient();
      await expect.poll(() => errors.map(({ code }) => code)).toEqual(["stored_events_damaged"]);
      client.track({ eventType: "cart_opened" });
      expect(await client.flush()).toMatchObject({ delivered: 1, pending: 0 });
    },
  );
});

describe("a client that is shut down", () => {
  it("listens to nothing, whatever is tracked afterwards", async () => {
    const { client } = openClient();
    await client.shutdown();
    const listen = vi.spyOn(window, "addEventListener");
    client.track({ eventType: "cart_opened" });
    client.trackPageView();
    expect(listen).not.toHaveBeenCalled();
    listen.mockRestore();
  });

  it("sees no navigation where somebody has put theirs around its watch", async () => {
    const { client, errors } = openClient({ autoPageViews: true });
    const { pushState } = history;
    history.pushState = (...state) => pushState.apply(history, state);
    await client.shutdown();
    history.pushState({}, "", "#elsewhere");
    expect(errors).toEqual([]);
  });
});

describe("options", () => {
  it("that say never, mean it", async () => {
    const { client } = openClient({
      flushInterval: Number.POSITIVE_INFINITY,
      requestTimeout: Number.POSITIVE_INFINITY,
    });
    const timers = vi.spyOn(globalThis, "setTimeout");
    client.track({ eventType: "cart_opened" });
    expect(await client.flush()).toMatchObject({ delivered: 1 });
    for (const [, delayMs = 0] of timers.mock.calls) expect(delayMs).toBeLessThan(2 ** 31);
    timers.mockRestore();
  });

  it.each(["http://127.evil.test", "http://evillocalhost"])("refuse plain http to %s", (apiUrl) => {
    expect(() => openClient({ apiUrl })).toThrow(/Plain http needs allowInsecure/);
  });
});

describe("the token endpoint", () => {
  it("that answers after the visitor has opted out harms nobody", async () => {
    const { client } = openClient();
    answerSession(status(403));
    client.track({ eventType: "cart_opened" });
    await expect.poll(() => sessions().length).toBe(1);
    client.optOut();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(batches()).toEqual([]);
  });
});

describe("a page whose scripts have added to Object.prototype", () => {
  it("is no harder than others", async () => {
    Object.assign(Object.prototype, { added: () => {} });
    onTestFinished(() => {
      Reflect.deleteProperty(Object.prototype, "added");
    });
    const { client, errors } = openClient();
    client.track({ eventType: "cart_opened", payload: { items: [{ sku: "a" }], gift: {} } });
    client.trackPageView();
    await client.flush();
    expect(errors).toEqual([]);
    expect(events().map(({ event_type, payload }) => [event_type, Object.keys(payload as object)])).toEqual([
      ["cart_opened", ["items", "gift"]],
      ["page_viewed", ["path", "title"]],
    ]);
  });
});
