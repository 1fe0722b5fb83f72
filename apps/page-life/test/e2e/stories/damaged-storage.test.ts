import { expect } from "vitest";
import { goOffline, storedInPage, trackMany, troubleOf } from "../../support/acts";
import {
  everyEventOnce,
  everythingStored,
  noteWhatArrivesAtOnce,
  storedInDatabase,
} from "../../support/database";
import { openPage, openSettledPage } from "../../support/pages";
import { story } from "../../support/story";

story(
  "skips stored events that cannot be read, and delivers those beside them",
  { name: "storage damaged" },
  async (visit) => {
    const page = await openSettledPage(visit);
    await goOffline(page);
    await trackMany(page, 10);
    await page.evaluate(() => {
      const stored = Object.keys(localStorage).find((key) => /:\d+$/.test(key));
      localStorage.setItem(String(stored?.replace(/\d+$/, "99")), '["ada"]\n{"user_id":');
    });
    await page.close();
    await noteWhatArrivesAtOnce(visit);
    const later = await openPage(visit);
    await everythingStored(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
    expect(await troubleOf(later)).toEqual(["stored_events_damaged"]);
    expect(await storedInPage(later)).toEqual([expect.stringMatching(/:anonymous_id$/)]);
  },
);
