import { path, request } from "../shared/api.js";
import { button, element, fill, link, newId } from "../shared/dom.js";
import { number } from "../shared/format.js";
import { panel } from "../shared/page-head.js";
import { href } from "../shared/router.js";
import { load } from "../shared/states.js";
import { explanation } from "./explanation.js";

const PAGE = 25;

/** Who is in a segment, a page at a time, each with the reason. @param {string} segmentId @param {AbortSignal} signal */
export function membersPanel(segmentId, signal) {
  const place = element("div", "");
  /** Where the pages up to this one begin. @type {(string | null)[]} */
  let cursors = [null];
  /** @type {Set<string>} */
  const explained = new Set();

  const readPage = async () => {
    const here = cursors;
    const cursor = here.at(-1) ?? null;
    const query = new URLSearchParams({ limit: String(PAGE), ...(cursor === null ? {} : { cursor }) });
    return {
      here,
      page: await request(`/local${path("segments", segmentId)}/members/?${query}`, { signal }),
    };
  };
  const look = () =>
    load(place, signal, readPage, ({ here, page }) => {
      if (page.count === 0)
        return [element("p", "muted", "Nobody matches this rule now. Whoever does appears here.")];
      const items = page.results.map((/** @type {string} */ userId) => member(userId));
      const first = (here.length - 1) * PAGE;
      const range = `${number(first + 1)} to ${number(first + page.results.length)} of ${number(page.count)}`;
      return [element("ul", "members", ...items), pager(here, range, page.next_cursor)];
    });

  /** @param {(string | null)[]} here @param {string} range @param {string | null} next */
  function pager(here, range, next) {
    // From the page that is shown: a second click before the next one is there leads no further.
    const back = button("Previous", () => {
      cursors = here.slice(0, -1);
      look();
    });
    const on = button("Next", () => {
      cursors = [...here, next];
      look();
    });
    back.disabled = here.length === 1;
    on.disabled = next === null;
    back.dataset.key = "previous";
    on.dataset.key = "next";
    return element("div", "pager", element("span", "muted", range), back, on);
  }

  /** @param {string} userId */
  function member(userId) {
    const why = element("div", "why");
    why.id = newId("why");
    const ask = button("Explain", () => {
      const isOpen = ask.getAttribute("aria-expanded") === "true";
      if (isOpen) explained.delete(userId);
      else explained.add(userId);
      show();
    });
    ask.setAttribute("aria-label", `Explain ${userId}`);
    ask.setAttribute("aria-controls", why.id);
    ask.dataset.key = `explain ${userId}`;
    const show = async () => {
      const isOpen = explained.has(userId);
      ask.setAttribute("aria-expanded", String(isOpen));
      const content = isOpen ? [await explanation(userId, segmentId, signal)] : [];
      if (isOpen === explained.has(userId)) fill(why, ...content);
    };
    show();
    const name = link(href("users", userId), userId);
    name.dataset.key = `user ${userId}`;
    return element("li", "", element("div", "member", name, ask), why);
  }

  return { panel: panel("Members", place), look };
}
