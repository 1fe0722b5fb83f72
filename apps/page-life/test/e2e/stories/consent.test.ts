import { expect } from "vitest";
import { goOffline, storedInPage, trackMany } from "../../support/acts";
import {
  everyEventOnce,
  everythingStored,
  noteWhatArrivesAtOnce,
  storedInDatabase,
} from "../../support/database";
import { openPage, openSettledPage } from "../../support/pages";
import { countRequests, noMoreRequests } from "../../support/requests";
import { story } from "../../support/story";

story(
  "stores and sends nothing until the visitor agrees, and everything then",
  { name: "consent pending, granted" },
  async (visit) => {
    const requests = countRequests(visit);
    const page = await openPage(visit, { consent: "pending" });
    await trackMany(page, 25);
    expect(await noMoreRequests(requests)).toBe(true);
    expect(await storedInPage(page)).toEqual([]);
    await page.evaluate(() => window.story.client?.optIn());
    await everythingStored(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);

story(
  "stores nothing but the choice of a visitor who does not agree",
  { name: "consent denied (0 is right)" },
  async (visit) => {
    const requests = countRequests(visit);
    const page = await openPage(visit, { consent: "pending" });
    await trackMany(page, 10);
    await page.evaluate(() => window.story.client?.optOut());
    await trackMany(page, 10);
    await page.close();
    const later = await openPage(visit);
    await trackMany(later, 10);
    expect(await noMoreRequests(requests)).toBe(true);
    expect(await storedInPage(later)).toEqual([expect.stringMatching(/:consent$/)]);
    expect(await storedInDatabase(visit)).toEqual({ distinct: 0, twice: 0 });
  },
);

story(
  "forgets what an earlier visit stored when the visitor does not agree",
  { name: "consent denied later (0 is right)" },
  async (visit) => {
    const page = await openSettledPage(visit);
    await goOffline(page);
    await trackMany(page, 10);
    await page.close();
    const later = await openPage(visit, { consent: "pending" });
    await later.evaluate(() => window.story.client?.optOut());
    await noteWhatArrivesAtOnce(visit);
    expect(await storedInPage(later)).toEqual([expect.stringMatching(/:consent$/)]);
    expect(await storedInDatabase(visit)).toEqual({ distinct: 0, twice: 0 });
  },
);

story(
  "heeds in every open tab what the visitor chose in one",
  { name: "consent denied in another tab (0 is right)" },
  async (visit) => {
    const one = await openPage(visit, { consent: "pending" });
    const other = await openPage(visit, { consent: "pending" });
    await trackMany(one, 10);
    await trackMany(other, 10);
    await one.evaluate(() => window.story.client?.optOut());
    await other.waitForFunction(() => window.story.client?.totals.pending === 0, { polling: 50 });
    expect(await storedInPage(other)).toEqual([expect.stringMatching(/:consent$/)]);
    expect(await storedInDatabase(visit)).toEqual({ distinct: 0, twice: 0 });
  },
);
