import { workspaceKey } from "../shared/access.js";
import { request } from "../shared/api.js";
import { button, element, link } from "../shared/dom.js";
import { input } from "../shared/fields.js";
import { ago, counted, number } from "../shared/format.js";
import { lookAgainOn } from "../shared/live.js";
import { pageHead } from "../shared/page-head.js";
import { currentRoute, href, rememberSearch } from "../shared/router.js";
import { snippetTabs } from "../shared/snippets.js";
import { emptyState, load } from "../shared/states.js";

const PAGE = 50;
const MOST = 1000;
const TYPING_MS = 200;

/** Everybody who sent an event, those seen last first. @param {HTMLElement} place @param {AbortSignal} signal */
export function userList(place, signal) {
  let query = currentRoute().query.get("q") ?? "";
  let limit = PAGE;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  const results = element("div", "");
  const count = element("p", "result-count");
  count.setAttribute("role", "status");

  const ask = async () => {
    const asked = query;
    const search = new URLSearchParams({ q: query, limit: String(limit) });
    return { asked, page: await request(`/local/explorer/users/?${search}`, { signal }) };
  };
  const look = () =>
    load(results, signal, ask, ({ asked, page }) => {
      if (asked !== query) return [...results.childNodes];
      count.textContent = query === "" && page.count === 0 ? "" : counted(page.count, "user");
      if (page.count === 0) return [query === "" ? nobodyYet() : nobodyFound(query)];
      const more = button("Show more", () => {
        limit = Math.min(MOST, limit + PAGE);
        look();
      });
      more.dataset.key = "more";
      const isMore = page.next_cursor !== null && limit < MOST;
      return [table(page.results), ...(isMore ? [more] : [])];
    });

  const search = input({ type: "search", value: query, placeholder: "Search by user id" }, (text) => {
    query = text.trim();
    limit = PAGE;
    rememberSearch(query);
    clearTimeout(typing);
    typing = setTimeout(look, TYPING_MS);
  });
  search.setAttribute("aria-label", "Search users");
  place.append(
    pageHead({
      title: "Users",
      lead: "Everybody who sent an event. Anonymous visitors become the user who first claims them.",
    }),
    element("div", "search-line", search, count),
    results,
  );
  look();
  lookAgainOn(["opened", "arrivals", "reset"], signal, look);
}

/** @param {any[]} users */
function table(users) {
  const rows = users.map(({ user_id, event_count, first_seen, last_seen }) => {
    const name = link(href("users", user_id), user_id, "row-link");
    name.dataset.key = user_id;
    const cell = element("th", "", name);
    cell.scope = "row";
    return element(
      "tr",
      "",
      cell,
      element("td", "figure", number(event_count)),
      element("td", "wide", ago(first_seen)),
      element("td", "", ago(last_seen)),
    );
  });
  const head = ["User", "Events", "First seen", "Last seen"].map((title, index) => {
    const cell = element("th", ["", "figure", "wide", ""][index] ?? "", title);
    cell.scope = "col";
    return cell;
  });
  const body = element("tbody", "", ...rows);
  return element("table", "table users", element("thead", "", element("tr", "", ...head)), body);
}

function nobodyYet() {
  const more = workspaceKey() === null ? [] : [snippetTabs()];
  return emptyState("Nobody yet", "Users appear with their first event. Send one:", ...more);
}

/** @param {string} query */
function nobodyFound(query) {
  return emptyState("Nobody found", `No user id contains “${query}”.`);
}
