import { expect } from "vitest";
import { flush, goBack, leave, trackMany, trackManyAndLeave, wasKept } from "../../support/acts";
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
  "is back out of the back/forward cache when all was delivered before",
  { name: "bfcache, there and back", engines: bothEngines },
  async (visit) => {
    const page = await openSettledPage(visit);
    await trackMany(page, 10);
    await flush(page);
    await leave(page);
    await goBack(page);
    expect(await wasKept(page)).toBe(true);
    await trackMany(page, 25);
    await everythingStored(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);

// Firefox keeps no page in its cache that has a request under way or holds a lock.
story(
  "is back out of the back/forward cache when events left with the page",
  { name: "bfcache, events on the way" },
  async (visit) => {
    const page = await openSettledPage(visit);
    await trackManyAndLeave(page, 100, 1_000);
    await goBack(page);
    expect(await wasKept(page)).toBe(true);
    await trackMany(page, 10);
    await everythingStored(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);

story(
  "takes up again what could not be delivered before it went into the back/forward cache",
  { name: "bfcache, server down meanwhile" },
  async (visit) => {
    const page = await openSettledPage(visit);
    const down = visit.server.faults.add({ kind: "error" });
    await trackManyAndLeave(page, 100, 1_000);
    await down.waitForHits();
    await noteWhatArrivesAtOnce(visit);
    down.remove();
    await goBack(page);
    expect(await wasKept(page)).toBe(true);
    await everythingStored(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
