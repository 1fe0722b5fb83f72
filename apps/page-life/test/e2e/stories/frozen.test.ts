import { expect } from "vitest";
import { freeze, hide, trackMany } from "../../support/acts";
import { everyEventOnce, everythingStored, storedInDatabase } from "../../support/database";
import { openSettledPage } from "../../support/pages";
import { story } from "../../support/story";

story(
  "delivers events of a page that is hidden and frozen, without its being thawed",
  { name: "hidden, frozen" },
  async (visit) => {
    const page = await openSettledPage(visit);
    await trackMany(page, 10);
    await hide(page);
    await freeze(page);
    await everythingStored(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
