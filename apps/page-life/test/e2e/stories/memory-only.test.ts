import { expect } from "vitest";
import { storedInPage, trackMany } from "../../support/acts";
import {
  everyEventOnce,
  everythingStored,
  noteWhatArrivesAtOnce,
  storedInDatabase,
} from "../../support/database";
import { openSettledPage } from "../../support/pages";
import { story } from "../../support/story";

story('stores nothing with persistence: "memory"', { name: "memory only, closed" }, async (visit) => {
  const page = await openSettledPage(visit, { persistence: "memory" });
  await trackMany(page, 10);
  expect(await storedInPage(page)).toEqual([]);
  await page.close();
  await everythingStored(visit);
  await noteWhatArrivesAtOnce(visit);
  expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
});
