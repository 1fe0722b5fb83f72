import { expect } from "vitest";
import { flush, trackMany } from "../../support/acts";
import { everyEventOnce, everythingStored, storedInDatabase } from "../../support/database";
import { bothEngines } from "../../support/engines";
import { openSettledPage } from "../../support/pages";
import { story } from "../../support/story";

story(
  "works under a strict content security policy without a violation",
  { name: "i strict CSP", engines: bothEngines },
  async (visit) => {
    const page = await openSettledPage(visit, {}, "/strict");
    await trackMany(page, 10);
    await flush(page);
    await everythingStored(visit);
    expect(await page.evaluate(() => window.story.violations)).toEqual([]);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
