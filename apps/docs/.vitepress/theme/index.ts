import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { h } from "vue";
import { BenchmarkRun, NotFirst } from "./benchmark-run";
import { Landing } from "./landing";
import { NotFound } from "./not-found";
import { ProvedFigures } from "./proved-figures";
import "./style.css";

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { "not-found": () => h(NotFound) }),
  enhanceApp({ app }) {
    app.component("BenchmarkRun", BenchmarkRun);
    app.component("Landing", Landing);
    app.component("NotFirst", NotFirst);
    app.component("ProvedFigures", ProvedFigures);
  },
} satisfies Theme;
