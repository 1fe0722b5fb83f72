import { expect } from "vitest";
import { trackMany } from "../../support/acts";
import { everyEventOnce, noteWhatArrivesAtOnce, storedInDatabase } from "../../support/database";
import { openSettledPage, visitLater } from "../../support/pages";
import { story } from "../../support/story";

for (const kind of ["error", "hang", "reset", "accept-then-reset"] as const)
  story(
    `keeps events of a tab that is closed while the server has trouble (${kind})`,
    { name: `server down (${kind}), closed` },
    async (visit) => {
      const page = await openSettledPage(visit);
      const trouble = visit.server.faults.add({ kind });
      await trackMany(page, 30);
      await trouble.waitForHits();
      await trackMany(page, 30);
      await page.close();
      await noteWhatArrivesAtOnce(visit);
      trouble.remove();
      await visitLater(visit);
      expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
    },
  );
