import type { Browser } from "puppeteer-core";
import { type Story, stories } from "./stories";
import { startVisitor } from "./visitor";

/** What arrived in one telling. */
export interface Told {
  readonly atOnce: number | undefined;
  readonly unique: number;
  readonly duplicates: number;
  readonly failure?: string;
}

export interface StoryPage {
  readonly name: string;
  readonly script: string;
  readonly browser: Browser;
}

const RACE_ROUNDS = Number(process.env.SEGOPS_RACE_ROUNDS ?? 3);

/** By story, then by SDK, each telling. All SDKs of a story at once, each in a browser of its own. */
export async function tellStories(
  pages: readonly StoryPage[],
  say: (line: string) => void,
): Promise<Record<string, Record<string, Told[]>>> {
  const told: Record<string, Record<string, Told[]>> = {};
  for (const story of stories) {
    const bySdk: Record<string, Told[]> = {};
    for (let round = 0; round < (story.isRace ? RACE_ROUNDS : 1); round += 1) {
      say(`story ${story.name}`);
      const outcomes = await Promise.all(pages.map((page) => tell(story, page)));
      pages.forEach(({ name }, index) => {
        bySdk[name] = [...(bySdk[name] ?? []), outcomes[index] as Told];
      });
    }
    told[story.name] = bySdk;
  }
  return told;
}

async function tell(story: Story, { browser, script }: StoryPage): Promise<Told> {
  const visitor = await startVisitor(browser, script, story.sink?.());
  let atOnce: number | undefined;
  let failure: string | undefined;
  try {
    atOnce = await story.tell(visitor);
  } catch (error) {
    failure = (error as Error).message.split("\n")[0];
  }
  const { unique, duplicates } = visitor.sink.events;
  await visitor.end();
  return { atOnce, unique, duplicates, ...(failure !== undefined && { failure }) };
}
