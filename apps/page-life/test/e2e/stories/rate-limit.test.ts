import { expect } from "vitest";
import { flush, trackMany } from "../../support/acts";
import { everyEventOnce, everythingStored, storedInDatabase } from "../../support/database";
import { openSettledPage } from "../../support/pages";
import { story } from "../../support/story";

for (const form of ["seconds", "date"] as const)
  story(
    `waits as long as a 429 asks in the form of ${form === "date" ? "a date" : "seconds"}`,
    { name: `h 429, Retry-After in ${form}` },
    async (visit) => {
      const page = await openSettledPage(visit);
      const limit = visit.server.faults.add({ kind: "rate-limit", seconds: 2, form, times: 1 });
      const start = Date.now();
      await trackMany(page, 10);
      await flush(page);
      await everythingStored(visit);
      expect(limit.hits).toBe(1);
      expect(Date.now() - start).toBeGreaterThanOrEqual(2_000);
      expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
    },
  );
