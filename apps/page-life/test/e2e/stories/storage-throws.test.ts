import { expect } from "vitest";
import { flush, trackMany, troubleOf } from "../../support/acts";
import { breakStorage, goToBroken } from "../../support/calamities";
import { everyEventOnce, everythingStored, storedInDatabase } from "../../support/database";
import { startClient } from "../../support/pages";
import { story } from "../../support/story";

for (const [what, break_] of Object.entries(breakStorage))
  story(`carries on in memory, and says so once, when ${what}`, { name: `j ${what}` }, async (visit) => {
    const page = await goToBroken(visit, break_);
    await startClient(visit, page);
    await trackMany(page, 10);
    await flush(page);
    await trackMany(page, 10);
    await flush(page);
    await everythingStored(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
    expect(await troubleOf(page)).toEqual(["storage_unavailable"]);
  });
