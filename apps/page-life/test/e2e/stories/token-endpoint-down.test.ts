import { expect } from "vitest";
import { trackMany } from "../../support/acts";
import {
  everyEventOnce,
  everythingStored,
  noteWhatArrivesAtOnce,
  storedInDatabase,
} from "../../support/database";
import { openPage, visitLater } from "../../support/pages";
import { story } from "../../support/story";

story("delivers when tokens are to be had again", { name: "token endpoint down" }, async (visit) => {
  const down = visit.server.faults.add({ kind: "error", on: "session", times: 3 });
  const page = await openPage(visit);
  await trackMany(page, 10);
  await down.waitForHits(3);
  await everythingStored(visit);
  expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
});

story(
  "keeps events of a page that never got a token",
  { name: "token endpoint down, closed" },
  async (visit) => {
    const down = visit.server.faults.add({ kind: "error", on: "session" });
    const page = await openPage(visit);
    await trackMany(page, 10);
    await down.waitForHits(1);
    await page.close();
    await noteWhatArrivesAtOnce(visit);
    down.remove();
    await visitLater(visit);
    expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  },
);
