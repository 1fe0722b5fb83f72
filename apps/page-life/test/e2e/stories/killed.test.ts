import { expect } from "vitest";
import { goOffline, hide, trackMany } from "../../support/acts";
import { killBrowser, writtenToDisk } from "../../support/calamities";
import {
  everyEventOnce,
  everythingStored,
  noteWhatArrivesAtOnce,
  storedInDatabase,
} from "../../support/database";
import { openSettledPage, visitLater } from "../../support/pages";
import { RACE_ROUNDS, story } from "../../support/story";

story(
  "delivers ten events of a page that is hidden, and whose browser is killed later",
  { name: "c hidden, killed", rounds: RACE_ROUNDS },
  async (visit) => {
    await visit.browserWithProfile();
    const page = await openSettledPage(visit);
    await trackMany(page, 10);
    await hide(page);
    await everythingStored(visit);
    await killBrowser(visit);
    await noteWhatArrivesAtOnce(visit);
    await visit.browserWithProfile();
    await visitLater(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);

story(
  "delivers on a later visit what was tracked offline before the browser was killed",
  { name: "c2 offline, killed" },
  async (visit) => {
    await visit.browserWithProfile();
    const page = await openSettledPage(visit);
    await goOffline(page);
    await trackMany(page, 10);
    await writtenToDisk(visit);
    await killBrowser(visit);
    await noteWhatArrivesAtOnce(visit);
    await visit.browserWithProfile();
    await visitLater(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
