import { expect } from "vitest";
import { flush, trackMany, troubleOf } from "../../support/acts";
import { everyEventOnce, everythingStored, storedInDatabase } from "../../support/database";
import { bothEngines } from "../../support/engines";
import { openSettledPage } from "../../support/pages";
import { story } from "../../support/story";

story(
  "delivers after three errors of the server, and says nothing of them",
  { name: "g 500 three times", engines: bothEngines },
  async (visit) => {
    const page = await openSettledPage(visit);
    const errors = visit.server.faults.add({ kind: "error", status: 500, times: 3 });
    await trackMany(page, 10);
    await flush(page);
    await errors.waitForHits(3);
    await everythingStored(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
    expect(await troubleOf(page)).toEqual([]);
  },
);
