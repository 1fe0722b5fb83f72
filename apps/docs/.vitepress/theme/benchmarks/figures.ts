import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../repository";

export interface Arrivals {
  tracked: number;
  delivered: number;
}
export type BySdk<T> = Record<string, T>;

export interface Report<Figures> {
  environment: { date: string; node: string; cpu: string; cores: number; load: number; loadAtEnd: number };
  versions: BySdk<string>;
  figures: Figures;
  standings: string[];
}

export interface NodeFigures {
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

export interface BrowserFigures {
  browser: string;
  sizes: BySdk<{ gzip: number; lazyGzip: number }>;
  costs: BySdk<{ start: number; burst: number; after: number }>;
  told: Record<string, BySdk<{ unique: number }[]>>;
}

export const results = path.join(root, "apps/bench/results");
export const read = <Figures>(file: string): Report<Figures> =>
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
export function label(name: string): string {
  const [, sdk = "", rest = ""] = /^(\w+)(?:-node|-browser)?(.*)$/.exec(name) ?? [];
  return `${labels[sdk] ?? sdk}${rest.replace(/[{}]/g, "").trimEnd().replace(/ +/g, " ")}`;
}

/** The events of the four ends of a process that leave no time to wait, per SDK. */
export function sumOfEnds(ends: NodeFigures["ends"]): BySdk<Arrivals> {
  const sums: BySdk<Arrivals> = {};
  for (const end of ["process.exit(0)", "uncaught exception", "SIGTERM", "SIGINT"]) {
    for (const [name, { tracked, delivered }] of Object.entries(ends[end] ?? {})) {
      const sum = sums[name] ?? { tracked: 0, delivered: 0 };
      sums[name] = { tracked: sum.tracked + tracked, delivered: sum.delivered + delivered };
    }
  }
  return sums;
}
