import { expect } from "vitest";
import { goOffline, trackMany } from "../../support/acts";
import {
  everyEventOnce,
  everythingStored,
  noteWhatArrivesAtOnce,
  storedInDatabase,
} from "../../support/database";
import { openPage, openSettledPage } from "../../support/pages";
import { story } from "../../support/story";

story(
  "shares what earlier tabs left between two later tabs, without sending any of it twice",
  { name: "f2 offline, closed, two tabs later" },
  async (visit) => {
    for (const page of [await openSettledPage(visit), await openSettledPage(visit)]) {
      await goOffline(page);
      await trackMany(page, 50);
      await page.close();
    }
    await noteWhatArrivesAtOnce(visit);
    await Promise.all([openPage(visit), openPage(visit)]);
    await everythingStored(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
    expect(await visit.server.counts()).toMatchObject({ duplicates: 0 });
  },
);
