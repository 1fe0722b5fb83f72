import { expect } from "vitest";
import { trackMany } from "../../support/acts";
import { everyEventOnce, everythingStored, storedInDatabase, userOf } from "../../support/database";
import { openPage, openSettledPage } from "../../support/pages";
import { story } from "../../support/story";

for (const [open, when] of [
  [openSettledPage, "of a page that holds a token"],
  [openPage, "of a page that has no token yet"],
] as const)
  story(
    `sends the events ${when} under who was there when they were tracked`,
    { name: `logout ${when}` },
    async (visit) => {
      const page = await open(visit);
      await trackMany(page, 5);
      await page.evaluate(() => window.story.client?.setUser("ada"));
      await trackMany(page, 5);
      const before = await page.evaluate(() => window.story.client?.anonymousId);
      await page.evaluate(() => window.story.client?.reset());
      await trackMany(page, 5);
      const after = await page.evaluate(() => window.story.client?.anonymousId);
      await everythingStored(visit);
      expect(after).not.toBe(before);
      expect(await userOf(visit, 1)).toEqual({ user: `anon_${before}`, anonymous: before });
      expect(await userOf(visit, 10)).toEqual({ user: "ada", anonymous: before });
      expect(await userOf(visit, 11)).toEqual({ user: `anon_${after}`, anonymous: after });
      expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
    },
  );

story(
  "sends the events of one task under three identities each under its own",
  { name: "logout in one task" },
  async (visit) => {
    const page = await openSettledPage(visit);
    const ids = await page.evaluate(() => {
      const { client, track } = window.story;
      const first = client?.anonymousId;
      track(1, 1, 10);
      client?.setUser("ada");
      track(2, 1, 10);
      client?.reset();
      track(3, 1, 10);
      return { first, second: client?.anonymousId };
    });
    visit.tracked = 3;
    await everythingStored(visit);
    expect(await userOf(visit, 1)).toMatchObject({ user: `anon_${ids.first}` });
    expect(await userOf(visit, 2)).toMatchObject({ user: "ada" });
    expect(await userOf(visit, 3)).toMatchObject({ user: `anon_${ids.second}` });
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
