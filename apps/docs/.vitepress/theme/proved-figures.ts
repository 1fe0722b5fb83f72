import { withBase } from "vitepress";
import { type FunctionalComponent, h } from "vue";
import { data } from "./benchmarks.data";

/** What the committed runs of the benchmark show, in three figures. */
export const ProvedFigures: FunctionalComponent = () => {
  const { lostAtEnds, tracked, pageClientBytes, cpu } = data.proof;
  const [ours, ...others] = lostAtEnds.filter(({ name }) => !name.includes("spool"));
  if (ours === undefined) throw new Error("The results say nothing of ours");
  const lost = others.map(({ lost }) => lost);
  const theirs =
    Math.min(...lost) === Math.max(...lost) ? `${lost[0]}` : `${Math.min(...lost)} to ${Math.max(...lost)}`;
  return h("div", { class: "proof" }, [
    figure(
      `${tracked - ours.lost} of ${tracked}`,
      `events arrive when the process exits, crashes, or gets SIGTERM or SIGINT right after track(). ${others.map(({ name }) => name).join(", ")} lose ${theirs}.`,
      "/benchmarks.html#node",
    ),
    figure(
      `${(pageClientBytes / 1000).toFixed(1)} kB`,
      "is the whole client of a page, compressed: a stored queue, identity, page views and consent included.",
      "/benchmarks.html#pages",
    ),
    figure(
      `${cpu.ours.toFixed(1)} µs`,
      `of CPU for each event that a server delivers, all threads counted. The next SDK takes ${cpu.next.toFixed(0)} µs.`,
      "/benchmarks.html#node",
    ),
  ]);
};

const figure = (number: string, meaning: string, link: string) =>
  h("a", { class: "proof-figure", href: withBase(link) }, [h("strong", number), h("span", meaning)]);
