import { expect } from "vitest";
import { goOffline, goOnline, trackMany } from "../../support/acts";
import {
  everyEventOnce,
  everythingStored,
  noteWhatArrivesAtOnce,
  storedInDatabase,
} from "../../support/database";
import { bothEngines } from "../../support/engines";
import { openSettledPage } from "../../support/pages";
import { story } from "../../support/story";

story(
  "delivers 50 events that were tracked offline once the page is online again",
  { name: "e offline, online", engines: bothEngines },
  async (visit) => {
    const page = await openSettledPage(visit);
    await goOffline(page);
    await trackMany(page, 50);
    await noteWhatArrivesAtOnce(visit);
    await goOnline(page);
    await everythingStored(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
