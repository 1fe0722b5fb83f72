import { Content } from "vitepress";
import { type FunctionalComponent, h } from "vue";

/** The layout of the home page: VitePress's own has no main landmark. */
export const Landing: FunctionalComponent = () =>
  h("main", { class: "landing" }, h(Content, { class: "vp-doc" }));
