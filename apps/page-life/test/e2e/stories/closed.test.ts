import { expect } from "vitest";
import { trackMany } from "../../support/acts";
import { everyEventOnce, noteWhatArrivesAtOnce, storedInDatabase } from "../../support/database";
import { bothEngines } from "../../support/engines";
import { openSettledPage, visitLater } from "../../support/pages";
import { RACE_ROUNDS, story } from "../../support/story";

story(
  "delivers ten events of a settled page whose tab is closed at once",
  { name: "a closed", engines: bothEngines, rounds: RACE_ROUNDS },
  async (visit) => {
    const page = await openSettledPage(visit);
    await trackMany(page, 10);
    await page.close();
    await noteWhatArrivesAtOnce(visit);
    await visitLater(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
