import path from "node:path";
import { defineLoader } from "vitepress";
import { type Chart, digits } from "./benchmarks/bars";
import { browserCharts } from "./benchmarks/browser-charts";
import {
  type BrowserFigures,
  label,
  type NodeFigures,
  type Report,
  read,
  results,
  sumOfEnds,
} from "./benchmarks/figures";
import { nodeCharts } from "./benchmarks/node-charts";

export interface Run {
  date: string;
  machine: string;
  versions: string;
  charts: Chart[];
  /** Where another SDK is ahead of ours: the figure, and who. */
  behind: { figure: string; leaders: string }[];
}

export interface Proof {
  lostAtEnds: { name: string; lost: number }[];
  tracked: number;
  pageClientBytes: number;
  /** Microseconds for each delivered event: ours, and the next. */
  cpu: { ours: number; next: number };
}

function run<T>(report: Report<T>, charts: (figures: T) => Chart[], browser?: string): Run {
  const { date, node, cpu, cores, load, loadAtEnd } = report.environment;
  const place = [`Node ${node.slice(1)}`, browser?.replace("/", " "), `${cores} cores of ${cpu}`];
  return {
    date: new Date(date).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" }),
    machine: `${place.filter(Boolean).join(", ")}, load average ${digits(load, 0)} at the start and ${digits(loadAtEnd, 0)} at the end`,
    versions: Object.entries(report.versions)
      .map(([name, version]) => `${label(name)} ${version}`)
      .join(", "),
    charts: charts(report.figures),
    behind: report.standings.flatMap((line) => {
      const [, figure, leaders] = /^(.*): \*\*behind (.*)\*\*$/.exec(line) ?? [];
      if (figure === undefined || leaders === undefined) return [];
      return [{ figure, leaders: leaders.split(", ").map(label).join(" and ") }];
    }),
  };
}

function proof(node: NodeFigures, browser: BrowserFigures): Proof {
  const sums = Object.entries(sumOfEnds(node.ends));
  const whole = browser.sizes["segops { SegOpsClient }"];
  const cpuOf = (isOurs: boolean) =>
    Math.min(
      ...Object.entries(node.costs)
        .filter(([name]) => name.startsWith("segops") === isOurs)
        .map(([, { cpuMicrosecondsPerEvent }]) => cpuMicrosecondsPerEvent),
    );
  if (whole === undefined) throw new Error("The results know no size of the whole client");
  return {
    lostAtEnds: sums.map(([name, { tracked, delivered }]) => ({
      name: label(name),
      lost: tracked - delivered,
    })),
    tracked: sums[0]?.[1].tracked ?? 0,
    pageClientBytes: whole.gzip,
    cpu: { ours: cpuOf(true), next: cpuOf(false) },
  };
}

export interface Benchmarks {
  node: Run;
  browser: Run;
  proof: Proof;
}

declare const data: Benchmarks;

export { data };

export default defineLoader({
  watch: [path.join(results, "*.json")],
  load(): Benchmarks {
    const node = read<NodeFigures>("peers-node.json");
    const browser = read<BrowserFigures>("peers-browser.json");
    return {
      node: run(node, nodeCharts),
      browser: run(browser, browserCharts, browser.figures.browser),
      proof: proof(node.figures, browser.figures),
    };
  },
});
