import { readFileSync } from "node:fs";
import path from "node:path";
import { defineLoader } from "vitepress";
import { root } from "../repository";

export interface Bar {
  name: string;
  isOurs: boolean;
  /** Absent where the run could not measure it. */
  value?: number | undefined;
  shown: string;
}

export interface Chart {
  title: string;
  /** What is counted, and whether more is better. */
  unit: string;
  bars: Bar[];
}

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

interface Arrivals {
  tracked: number;
  delivered: number;
}
type BySdk<T> = Record<string, T>;

interface Report<Figures> {
  environment: { date: string; node: string; cpu: string; cores: number; load: number; loadAtEnd: number };
  versions: BySdk<string>;
  figures: Figures;
  standings: string[];
}

interface NodeFigures {
  costs: BySdk<{
    alone?: number;
    floorAlone?: number;
    cpuMicrosecondsPerEvent: number;
    backlog: { bytesPerTextByte: number };
  }>;
  floor: { cpuMicrosecondsPerEvent: number };
  weight: BySdk<{ megabytes: number }>;
  faults: Record<string, BySdk<Arrivals>>;
  ends: Record<string, BySdk<Arrivals>>;
}

interface BrowserFigures {
  browser: string;
  sizes: BySdk<{ gzip: number; lazyGzip: number }>;
  costs: BySdk<{ start: number; burst: number; after: number }>;
  told: Record<string, BySdk<{ unique: number }[]>>;
}

const results = path.join(root, "apps/bench/results");
const read = <Figures>(file: string): Report<Figures> =>
  JSON.parse(readFileSync(path.join(results, file), "utf8"));

const labels: Record<string, string> = {
  segops: "SegOps",
  segment: "Segment",
  posthog: "PostHog",
  amplitude: "Amplitude",
  rudder: "RudderStack",
  mixpanel: "Mixpanel",
};

/** `segops-node with spool` is read as `SegOps with spool`. */
function label(name: string): string {
  const [, sdk = "", rest = ""] = /^(\w+)(?:-node|-browser)?(.*)$/.exec(name) ?? [];
  return `${labels[sdk] ?? sdk}${rest.replace(/[{}]/g, "").trimEnd().replace(/ +/g, " ")}`;
}

const digits = (value: number, decimals: number) =>
  value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

function bars<T>(
  figures: BySdk<T>,
  value: (figure: T) => number | undefined,
  shown: (value: number) => string,
): Bar[] {
  return Object.entries(figures).map(([name, figure]) => {
    const measured = value(figure);
    return {
      name: label(name),
      isOurs: name.startsWith("segops"),
      value: measured,
      shown: measured === undefined ? "not measured in this run" : shown(measured),
    };
  });
}

const arrived = (of: number) => (value: number) => `${digits(value, 0)} of ${digits(of, 0)}`;

/** The events of the four ends of a process that leave no time to wait, per SDK. */
function sumOfEnds(ends: NodeFigures["ends"]): BySdk<Arrivals> {
  const sums: BySdk<Arrivals> = {};
  for (const end of ["process.exit(0)", "uncaught exception", "SIGTERM", "SIGINT"]) {
    for (const [name, { tracked, delivered }] of Object.entries(ends[end] ?? {})) {
      const sum = sums[name] ?? { tracked: 0, delivered: 0 };
      sums[name] = { tracked: sum.tracked + tracked, delivered: sum.delivered + delivered };
    }
  }
  return sums;
}

function story(figures: BrowserFigures, name: string): BySdk<{ unique: number }[]> {
  const told = figures.told[name];
  if (told === undefined) throw new Error(`The results know no story “${name}”`);
  return told;
}

function fault(figures: NodeFigures, name: string): BySdk<Arrivals> {
  const arrivals = figures.faults[name];
  if (arrivals === undefined) throw new Error(`The results know no fault “${name}”`);
  return arrivals;
}

function nodeCharts(figures: NodeFigures): Chart[] {
  return [
    {
      title: "Events that arrive although the process ends at once",
      unit: "after process.exit(), a crash, SIGTERM and SIGINT, 100 events each; more is better",
      bars: bars(sumOfEnds(figures.ends), ({ delivered }) => delivered, arrived(400)),
    },
    {
      title: "Events that arrive although the server answers 503 for 10 s",
      unit: "of 1,000; more is better",
      bars: bars(fault(figures, "503 for 10 s"), ({ delivered }) => delivered, arrived(1000)),
    },
    {
      title: "CPU for each delivered event",
      unit: "µs, all threads and the kernel's part; less is better",
      bars: [
        ...bars(
          figures.costs,
          ({ cpuMicrosecondsPerEvent }) => cpuMicrosecondsPerEvent,
          (value) => `${digits(value, value < 10 ? 1 : 0)} µs`,
        ),
        {
          name: "undici by hand, no retries",
          isOurs: false,
          value: figures.floor.cpuMicrosecondsPerEvent,
          shown: `${digits(figures.floor.cpuMicrosecondsPerEvent, 1)} µs`,
        },
      ],
    },
    {
      title: "One call of track(), alone in its turn",
      unit: "times as long as building and stringifying the same event; less is better",
      bars: bars(
        figures.costs,
        ({ alone, floorAlone }) =>
          alone === undefined || floorAlone === undefined ? undefined : alone / floorAlone,
        (value) => `${digits(value, 2)} ×`,
      ),
    },
    {
      title: "Memory of 10,000 events that wait",
      unit: "times their JSON text; less is better",
      bars: bars(
        figures.costs,
        ({ backlog }) => backlog.bytesPerTextByte,
        (value) => `${digits(value, 1)} ×`,
      ),
    },
    {
      title: "Installed",
      unit: "MB with all dependencies; less is better",
      bars: bars(
        figures.weight,
        ({ megabytes }) => megabytes,
        (value) => `${digits(value, 1)} MB`,
      ),
    },
  ];
}

function browserCharts(figures: BrowserFigures): Chart[] {
  const milliseconds = (value: number) => `${digits(value, 1)} ms`;
  const least = (rounds: { unique: number }[]) => Math.min(...rounds.map(({ unique }) => unique));
  return [
    {
      title: "Bytes on the wire",
      unit: "kB with gzip, what is loaded later not counted; less is better",
      bars: bars(
        figures.sizes,
        ({ gzip }) => gzip / 1000,
        (value) => `${digits(value, 1)} kB`,
      ),
    },
    {
      title: "Events that arrive although the tab is closed with 200 kB of them",
      unit: "of 200, the next visit counted, the worst of three rounds; more is better",
      bars: bars(story(figures, "d: 200 × 1 kB, closed at once"), least, arrived(200)),
    },
    {
      title: "Events that arrive although the page is left at once",
      unit: "of 10, the next visit counted, the worst of three rounds; more is better",
      bars: bars(story(figures, "b: page left at once"), least, arrived(10)),
    },
    {
      title: "Main thread: load, evaluate, start",
      unit: "ms of CPU; less is better",
      bars: bars(figures.costs, ({ start }) => start, milliseconds),
    },
    {
      title: "Main thread: 100 calls of track() in a burst",
      unit: "ms of CPU; less is better",
      bars: bars(figures.costs, ({ burst }) => burst, milliseconds),
    },
    {
      title: "Main thread: the 2.5 s after that burst",
      unit: "ms of CPU; less is better",
      bars: bars(figures.costs, ({ after }) => after, milliseconds),
    },
  ];
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
