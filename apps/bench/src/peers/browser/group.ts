import type { Group } from "../group";
import { standing } from "../standing";
import { bundleWhole } from "./bundle";
import { mainThreadTable, measureMainThread } from "./main-thread";
import { folderOf, pageSubjects } from "./pages";
import { measureSizes, sizeTable } from "./size";
import { stories } from "./stories";
import { storyTable } from "./story-table";
import { type StoryPage, tellStories } from "./tell-stories";
import { launchChromium } from "./visitor";

/** The browser SDKs, one table a question. */
export const browserGroup: Group = {
  name: "browser",
  async measure(installed, say) {
    say("sizes");
    const sizes = await measureSizes(installed);
    const pages: StoryPage[] = [];
    for (const subject of pageSubjects) {
      const folder = folderOf(subject, installed);
      if (folder === undefined) continue;
      const script = await bundleWhole(subject.module, folder);
      pages.push({ name: subject.name, script, browser: await launchChromium() });
    }
    try {
      const version = (await pages[0]?.browser.version()) ?? "none";
      const costs = await measureMainThread(pages, say);
      const told = await tellStories(pages, say);
      const names = pages.map(({ name }) => name);
      const gzip = Object.entries(sizes).flatMap(([name, size]) =>
        "gzip" in size ? [[name, size.gzip] as const] : [],
      );
      const figure = (name: keyof (typeof costs)[string]) =>
        Object.fromEntries(Object.entries(costs).map(([sdk, cost]) => [sdk, cost[name]]));
      return {
        figures: { browser: version, sizes, costs, told },
        tables: [sizeTable(sizes), storyTable(stories, told, names), mainThreadTable(costs)],
        standings: [
          standing("segops { SegOpsClient }", {
            figure: "bytes, gzip",
            best: "least",
            values: Object.fromEntries(gzip.filter(([name]) => name !== "segops { createPageClient }")),
          }),
          ...(["start", "burst", "after"] as const).map((name) =>
            standing("segops", {
              figure: MAIN_THREAD[name],
              best: "least",
              values: withoutOurOwn(figure(name)),
            }),
          ),
        ],
      };
    } finally {
      await Promise.all(pages.map(({ browser }) => browser.close()));
    }
  },
};

const MAIN_THREAD = {
  start: "main thread, load, evaluate and start",
  burst: "main thread, 100 × track()",
  after: "main thread, the 2.5 s after those",
};

/** The whole client is compared with peers, not with the part of itself. */
const withoutOurOwn = ({ "segops page client": _, ...others }: Record<string, number>) => others;
