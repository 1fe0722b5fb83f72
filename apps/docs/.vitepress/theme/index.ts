import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { BenchmarkRun, NotFirst } from "./benchmark-run";
import { Landing } from "./landing";
import { ProvedFigures } from "./proved-figures";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("BenchmarkRun", BenchmarkRun);
    app.component("Landing", Landing);
    app.component("NotFirst", NotFirst);
    app.component("ProvedFigures", ProvedFigures);
  },
} satisfies Theme;
