import { type FunctionalComponent, h } from "vue";
import { BarChart } from "./bar-chart";
import { type Benchmarks, data } from "./benchmarks.data";

/** The charts of one run, and under which circumstances it was made. */
export const BenchmarkRun: FunctionalComponent<{ of: "node" | "browser" }> = ({ of }) => {
  const run = data[of];
  return [
    h("p", `${run.date}. ${run.machine}.`),
    h("p", `Versions: ${run.versions}.`),
    ...run.charts.map((chart) => h(BarChart, { chart })),
  ];
};
BenchmarkRun.props = ["of"];

/** Where another SDK is ahead of ours, in the words of the run itself. */
export const NotFirst: FunctionalComponent = () => {
  const item = (of: keyof Pick<Benchmarks, "node" | "browser">, where: string) =>
    data[of].behind.map(({ figure, leaders }) => h("li", `${where}, ${figure}: ${leaders} less than ours.`));
  return h("ul", [...item("node", "Node"), ...item("browser", "Page")]);
};
