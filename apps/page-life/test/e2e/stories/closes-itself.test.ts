import { expect } from "vitest";
import { trackManyAndCloseItself } from "../../support/acts";
import { everyEventOnce, noteWhatArrivesAtOnce, storedInDatabase } from "../../support/database";
import { openSettledPopup, visitLater } from "../../support/pages";
import { RACE_ROUNDS, story } from "../../support/story";

story(
  "delivers ten events of a window that closes itself in the same task",
  { name: "a2 closes itself", rounds: RACE_ROUNDS },
  async (visit) => {
    const popup = await openSettledPopup(visit);
    await trackManyAndCloseItself(popup, 10);
    await noteWhatArrivesAtOnce(visit);
    await visitLater(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);

story(
  "keeps 200 events of 1 kB of a window that closes itself in the same task",
  { name: "d3 200 kB, closes itself", rounds: RACE_ROUNDS },
  async (visit) => {
    const popup = await openSettledPopup(visit);
    await trackManyAndCloseItself(popup, 200, 1_000);
    await noteWhatArrivesAtOnce(visit);
    await visitLater(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
