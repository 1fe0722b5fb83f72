import { expect } from "vitest";
import { trackMany } from "../../support/acts";
import { everyEventOnce, noteWhatArrivesAtOnce, storedInDatabase } from "../../support/database";
import { bothEngines } from "../../support/engines";
import { openSettledPage, visitLater } from "../../support/pages";
import { RACE_ROUNDS, story } from "../../support/story";

story(
  "keeps 200 events of 1 kB of a tab that is closed at once",
  { name: "d 200 kB, closed", engines: bothEngines, rounds: RACE_ROUNDS },
  async (visit) => {
    const page = await openSettledPage(visit);
    await trackMany(page, 200, 1_000);
    await page.close();
    await noteWhatArrivesAtOnce(visit);
    await visitLater(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
