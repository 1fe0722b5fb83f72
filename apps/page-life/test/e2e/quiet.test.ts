import { expect, vi } from "vitest";
import { settle } from "../support/acts";
import { goToObserved, observedIn } from "../support/observer";
import { startClient } from "../support/pages";
import { countRequests, noMoreRequests } from "../support/requests";
import { story } from "../support/story";

const nothing = { listeners: [], timers: 0, printed: [], newGlobals: [] };

story(
  "does nothing to its page before the first event, and leaves no timer behind when all is delivered",
  { name: "a page with nothing to tell" },
  async (visit) => {
    const requests = countRequests(visit);
    const page = await goToObserved(visit);
    await startClient(visit, page);
    // It looks once for events of earlier visits.
    await vi.waitFor(async () => expect(await observedIn(page)).toEqual(nothing));
    expect(await noMoreRequests(requests)).toBe(true);
    expect(requests.hits).toBe(0);
    await settle(page);
    expect(await observedIn(page)).toEqual({
      ...nothing,
      listeners: ["visibilitychange", "pagehide", "pageshow", "online", "offline", "storage"],
    });
    expect(await noMoreRequests(requests)).toBe(true);
  },
);
