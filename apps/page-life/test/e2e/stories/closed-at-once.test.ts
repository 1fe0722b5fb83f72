import { expect } from "vitest";
import { trackMany } from "../../support/acts";
import { everyEventOnce, noteWhatArrivesAtOnce, storedInDatabase } from "../../support/database";
import { openPage, visitLater } from "../../support/pages";
import { RACE_ROUNDS, story } from "../../support/story";

story(
  "keeps ten events of a tab that is closed right after its client was made",
  { name: "a0 closed at once", rounds: RACE_ROUNDS },
  async (visit) => {
    const page = await openPage(visit);
    await trackMany(page, 10);
    await page.close();
    await noteWhatArrivesAtOnce(visit);
    await visitLater(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
