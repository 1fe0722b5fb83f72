import { expect } from "vitest";
import { flush, trackMany, troubleOf } from "../../support/acts";
import { everyEventOnce, everythingStored, storedInDatabase } from "../../support/database";
import { openSettledPage } from "../../support/pages";
import { countRequests } from "../../support/requests";
import { story } from "../../support/story";

story("asks once for a new token when the old one has expired", { name: "token expired" }, async (visit) => {
  const page = await openSettledPage(visit);
  visit.server.faults.add({ kind: "expire-tokens" });
  const mints = countRequests(visit, "session");
  await trackMany(page, 10);
  await flush(page);
  await everythingStored(visit);
  expect(mints.hits).toBe(1);
  expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  expect(await troubleOf(page)).toEqual([]);
});
