/** The place in the page that the address names: `#/users/ada?q=x` is `["users", "ada"]` and `q`. */
export function currentRoute() {
  const [place = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?", 2);
  return { parts: place.split("/").filter(Boolean).map(decoded), query: new URLSearchParams(query) };
}

/** @param {...string} parts */
export function href(...parts) {
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

/** @param {...string} parts */
export function go(...parts) {
  location.hash = href(...parts);
}

/** Puts what was searched for into the address, without a step in the history. @param {string} text */
export function rememberSearch(text) {
  const [place] = location.hash.split("?");
  const query = text === "" ? "" : `?${new URLSearchParams({ q: text })}`;
  history.replaceState(null, "", `${place}${query}`);
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
