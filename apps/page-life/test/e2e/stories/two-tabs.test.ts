import { expect } from "vitest";
import { trackMany } from "../../support/acts";
import { everyEventOnce, everythingStored, storedInDatabase } from "../../support/database";
import { openPage } from "../../support/pages";
import { story } from "../../support/story";

story("delivers 50 events of each of two tabs", { name: "k two tabs" }, async (visit) => {
  const one = await openPage(visit);
  const other = await openPage(visit);
  for (let turn = 0; turn < 5; turn++) await Promise.all([trackMany(one, 10), trackMany(other, 10)]);
  await everythingStored(visit);
  expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
});
