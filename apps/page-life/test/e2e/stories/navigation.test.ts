import { expect } from "vitest";
import { trackManyAndLeave } from "../../support/acts";
import { everyEventOnce, noteWhatArrivesAtOnce, storedInDatabase } from "../../support/database";
import { bothEngines } from "../../support/engines";
import { openSettledPage, visitLater } from "../../support/pages";
import { RACE_ROUNDS, story } from "../../support/story";

story(
  "delivers ten events of a page that is left in the same task",
  { name: "b navigation", engines: bothEngines, rounds: RACE_ROUNDS },
  async (visit) => {
    const page = await openSettledPage(visit);
    await trackManyAndLeave(page, 10);
    await noteWhatArrivesAtOnce(visit);
    await visitLater(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
