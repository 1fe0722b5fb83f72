import type { Browser } from "puppeteer-core";
import { afterAll, describe, test } from "vitest";
import { storedInDatabase } from "./database";
import { chromium, type Engine } from "./engines";
import { addRow } from "./report";
import { startVisit, type Visit } from "./visit";

/** How often a race is run: chance decides what it shows. */
export const RACE_ROUNDS = Number(process.env.SEGOPS_RACE_ROUNDS ?? 1);

interface About {
  /** What the table calls it. */
  readonly name: string;
  readonly engines?: readonly Engine[];
  readonly rounds?: number;
}

/** A test in each engine: what happened stands in the table at the end. */
export function story(
  sentence: string,
  { name, engines = [chromium], rounds = 1 }: About,
  tell: (visit: Visit) => Promise<void>,
): void {
  describe.each(engines)("in $name", (engine) => {
    let browser: Promise<Browser> | undefined;
    afterAll(async () => (await browser)?.close());
    const shared = (): Promise<Browser> => (browser ??= engine.launch());

    test.skipIf(!engine.isInstalled)(
      sentence,
      async () => {
        for (let round = 0; round < rounds; round++) {
          const visit = await startVisit(engine, shared);
          try {
            await tell(visit);
          } finally {
            const { tracked, atOnce } = visit;
            const { distinct, twice } = await storedInDatabase(visit);
            const { duplicates } = await visit.server.counts();
            if (tracked > 0)
              addRow({
                story: name,
                engine: engine.name,
                tracked,
                atOnce: atOnce ?? distinct,
                distinct,
                twice,
                sentAgain: duplicates,
              });
            await visit.end();
          }
        }
      },
      30_000 + 15_000 * rounds,
    );
  });
}
