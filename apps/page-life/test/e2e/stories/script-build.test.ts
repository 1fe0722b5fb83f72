import { DEFAULT_PUBLIC_KEY } from "@segops/local-api";
import { expect } from "vitest";
import { everyEventOnce, everythingStored, storedInDatabase } from "../../support/database";
import { goTo } from "../../support/pages";
import { story } from "../../support/story";

story("works from a script tag", { name: "script build" }, async (visit) => {
  const page = await goTo(visit, "/script-tag");
  await page.evaluate(
    (options) => {
      const client = new window.SegOps.SegOpsClient(options);
      for (let number = 1; number <= 10; number++)
        client.track({ eventType: "numbered", payload: { number } });
      return client.flush();
    },
    { apiUrl: visit.server.url, apiKey: DEFAULT_PUBLIC_KEY, eventIds: true },
  );
  visit.tracked = 10;
  await everythingStored(visit);
  expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
});
