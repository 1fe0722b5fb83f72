import { arrived, bars, type Chart, digits } from "./bars";
import type { BrowserFigures, BySdk } from "./figures";

export function browserCharts(figures: BrowserFigures): Chart[] {
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

function story(figures: BrowserFigures, name: string): BySdk<{ unique: number }[]> {
  const told = figures.told[name];
  if (told === undefined) throw new Error(`The results know no story “${name}”`);
  return told;
}
