import { chromiumMissing, inChromium } from "../chromium";
import type { Consumer } from "../consumer";
import type { Place, PlaceConnection } from "../place";
import { PAGE, TYPED_PAGE } from "../story";

/** Makes one script of an entry, as text. */
export type Bundle = (consumer: Consumer, entry: string) => Promise<string>;

export const clientOptions = ({ apiUrl, publicKey: apiKey }: PlaceConnection): string =>
  JSON.stringify({ apiUrl, apiKey });

/** A page that loads what a bundler made, and is left with an event in the queue. */
export const page = (name: string, bundle: Bundle): Place => ({
  name,
  missing: chromiumMissing,
  async typecheck(consumer) {
    await consumer.write("page.ts", TYPED_PAGE);
    return consumer.compile("page.ts", {
      resolution: "bundler",
      conditions: ["browser"],
      lib: ["es2022", "dom"],
    });
  },
  async run(consumer, connection) {
    const entry = await consumer.write(`pages/${name.replace(/\W+/g, "-")}/page.js`, PAGE);
    await inChromium({ "/page.js": await bundle(consumer, entry) }, async (tab) => {
      await tab.evaluate(`import("/page.js").then(() => runStory(${clientOptions(connection)}))`);
      await tab.goto("about:blank");
      await connection.allArrived();
    });
  },
});
