import { expect } from "vitest";
import { trackManyAndLeave } from "../../support/acts";
import { everyEventOnce, noteWhatArrivesAtOnce, storedInDatabase } from "../../support/database";
import { openSettledPage, visitLater } from "../../support/pages";
import { RACE_ROUNDS, story } from "../../support/story";

story(
  "keeps 200 events of 1 kB of a page that is left in the same task",
  { name: "d2 200 kB, navigation", rounds: RACE_ROUNDS },
  async (visit) => {
    const page = await openSettledPage(visit);
    await trackManyAndLeave(page, 200, 1_000);
    await noteWhatArrivesAtOnce(visit);
    await visitLater(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
