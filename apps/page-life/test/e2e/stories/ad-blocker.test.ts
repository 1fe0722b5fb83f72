import { expect } from "vitest";
import { flush, trackMany, troubleOf } from "../../support/acts";
import { blockRequests } from "../../support/calamities";
import { everyEventOnce, noteWhatArrivesAtOnce, storedInDatabase } from "../../support/database";
import { openPage, visitLater } from "../../support/pages";
import { story } from "../../support/story";

story(
  "does not storm an endpoint that an ad blocker blocks, keeps its events, and says so once",
  { name: "ad-blocked, later allowed" },
  async (visit) => {
    const page = await openPage(visit);
    const blocked = await blockRequests(page, visit.server.url);
    await trackMany(page, 10);
    const report = await flush(page);
    expect(report).toEqual({ delivered: 0, refused: 0, pending: 10 });
    // The retries of one cycle, and one more for the flush.
    expect(blocked.count).toBeLessThanOrEqual(5);
    await noteWhatArrivesAtOnce(visit);
    expect(blocked.count).toBeLessThanOrEqual(5);
    expect(await troubleOf(page)).toEqual(["unavailable"]);
    await page.close();
    await visitLater(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
