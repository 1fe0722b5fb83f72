import { expect } from "vitest";
import { goOffline, trackMany } from "../../support/acts";
import { everyEventOnce, noteWhatArrivesAtOnce, storedInDatabase } from "../../support/database";
import { openSettledPage, visitLater } from "../../support/pages";
import { story } from "../../support/story";

story(
  "delivers 50 events that were tracked offline when the visitor comes back",
  { name: "f offline, closed" },
  async (visit) => {
    const page = await openSettledPage(visit);
    await goOffline(page);
    await trackMany(page, 50);
    await page.close();
    await noteWhatArrivesAtOnce(visit);
    await visitLater(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
