import { type FunctionalComponent, h } from "vue";
import type { Bar, Chart } from "./benchmarks/bars";

const ROW = 40;

/** Bars from zero. Their text has the size of the page's at any width, since only they are scaled. */
function drawing({ bars }: Chart, id: string) {
  const most = Math.max(...bars.map(({ value }) => value ?? 0));
  return h(
    "svg",
    { class: "chart-bars", width: "100%", height: bars.length * ROW, role: "img", "aria-labelledby": id },
    bars.map((bar, index) => row(bar, index * ROW, most)),
  );
}

function row({ name, isOurs, value, shown }: Bar, top: number, most: number) {
  return h("g", { class: isOurs ? "is-ours" : undefined }, [
    h("text", { x: 0, y: top + 14, class: "chart-name" }, name),
    h("text", { x: "100%", y: top + 14, class: "chart-value", "text-anchor": "end" }, shown),
    h("rect", { x: 0, y: top + 21, width: "100%", height: 9, rx: 2, class: "chart-ground" }),
    value !== undefined &&
      h("rect", {
        x: 0,
        y: top + 21,
        width: `${(value / most) * 100}%`,
        height: 9,
        rx: 2,
        class: "chart-bar",
      }),
  ]);
}

const table = ({ bars, title, unit }: Chart) =>
  h("details", { class: "chart-table" }, [
    h("summary", ["As a table", h("span", { class: "visually-hidden" }, `: ${title}`)]),
    h("table", [
      h("thead", h("tr", [h("th", { scope: "col" }, "SDK"), h("th", { scope: "col" }, unit)])),
      h(
        "tbody",
        bars.map(({ name, shown }) => h("tr", [h("th", { scope: "row" }, name), h("td", shown)])),
      ),
    ]),
  ]);

/** A chart of one figure, with the same as a table beneath. */
export const BarChart: FunctionalComponent<{ chart: Chart }> = ({ chart }) => {
  const id = `chart-${chart.title.toLowerCase().replace(/\W+/g, "-")}`;
  return h("figure", { class: "chart" }, [
    h("figcaption", [h("strong", { id }, chart.title), h("span", chart.unit)]),
    drawing(chart, id),
    table(chart),
  ]);
};
BarChart.props = ["chart"];
