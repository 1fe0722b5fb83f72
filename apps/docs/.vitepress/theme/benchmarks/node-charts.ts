import { arrived, bars, type Chart, digits } from "./bars";
import { type Arrivals, type BySdk, type NodeFigures, sumOfEnds } from "./figures";

export function nodeCharts(figures: NodeFigures): Chart[] {
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

function fault(figures: NodeFigures, name: string): BySdk<Arrivals> {
  const arrivals = figures.faults[name];
  if (arrivals === undefined) throw new Error(`The results know no fault “${name}”`);
  return arrivals;
}
