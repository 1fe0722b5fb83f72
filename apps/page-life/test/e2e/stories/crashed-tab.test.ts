import { expect } from "vitest";
import { goOffline, trackMany } from "../../support/acts";
import { crash } from "../../support/calamities";
import {
  everyEventOnce,
  everythingStored,
  noteWhatArrivesAtOnce,
  storedInDatabase,
} from "../../support/database";
import { openSettledPage } from "../../support/pages";
import { story } from "../../support/story";

story(
  "delivers the events of a crashed tab by another tab, once that is in front",
  { name: "tab crashed, other lives" },
  async (visit) => {
    const living = await openSettledPage(visit);
    const page = await openSettledPage(visit);
    await page.bringToFront();
    await goOffline(page);
    await trackMany(page, 50);
    await crash(page);
    await noteWhatArrivesAtOnce(visit);
    await living.bringToFront();
    await everythingStored(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
