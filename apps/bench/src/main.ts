import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readBenchOptions, UsageError, usage } from "./bench-options";
import { currentLoad, describeEnvironment } from "./environment";
import { type Figure, judge } from "./figure";
import { formatFigures } from "./figure-table";
import type { Scenario } from "./scenario";
import { backlog } from "./scenarios/backlog";
import { growth } from "./scenarios/growth";
import { importTime } from "./scenarios/import-time";
import { replay } from "./scenarios/replay";
import { spoolCost } from "./scenarios/spool-cost";
import { throughput } from "./scenarios/throughput";
import { trackCost } from "./scenarios/track-cost";
import { startSink } from "./sink";

const scenarios: readonly Scenario[] = [
  trackCost,
  spoolCost,
  throughput,
  backlog,
  growth,
  replay,
  importTime,
];
/** From the built file: dist/main.js. */
const reportFile = fileURLToPath(new URL("../reports/bench.json", import.meta.url));

try {
  const names = scenarios.map(({ name }) => name);
  const options = readBenchOptions(process.argv.slice(2), names);
  if (options.help) console.log(usage(scenarios));
  else await run(options);
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}. --help shows all options.` : error);
  process.exitCode = 1;
}

async function run({ only, events, huge, json }: ReturnType<typeof readBenchOptions>): Promise<void> {
  const environment = describeEnvironment();
  const sink = await startSink();
  const say = (line: string) => console.error(line);
  const figures: Figure[] = [];
  try {
    for (const scenario of scenarios) {
      if (only.length > 0 && !only.includes(scenario.name)) continue;
      say(`Measuring ${scenario.what} …`);
      figures.push(...(await scenario.measure({ sink, events, huge, say })));
    }
  } finally {
    sink.close();
  }
  const judged = figures.map((figure) => ({ ...figure, verdict: judge(figure) }));
  const report = { environment: { ...environment, loadAtEnd: currentLoad() }, figures: judged };
  const text = JSON.stringify(report, undefined, 2);
  if (json) {
    console.log(text);
    return;
  }
  await mkdir(path.dirname(reportFile), { recursive: true });
  await writeFile(reportFile, `${text}\n`);
  const { node, cpu, cores, load, loadAtEnd, date } = report.environment;
  const loads = `${load.toFixed(1)} to ${loadAtEnd.toFixed(1)}`;
  console.log(`\n${formatFigures(figures)}\n`);
  console.log(`Node ${node}, ${cpu} (${cores} cores), load ${loads}, ${date}`);
  console.log(`Written to ${path.relative(process.cwd(), reportFile)}`);
}
