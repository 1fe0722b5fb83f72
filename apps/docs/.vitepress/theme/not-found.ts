import { withBase } from "vitepress";
import { type FunctionalComponent, h } from "vue";

/** For an address that leads to no page. */
export const NotFound: FunctionalComponent = () =>
  h("main", { class: "landing vp-doc" }, [
    h("h1", "There is no such page"),
    h("p", "It may have moved. The search at the top knows every page."),
    h("p", h("a", { href: withBase("/") }, "Back to the beginning")),
  ]);
