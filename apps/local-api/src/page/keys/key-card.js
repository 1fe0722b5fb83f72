import { copyButton } from "../shared/copy.js";
import { element, facts } from "../shared/dom.js";

/** @type {Record<string, { title: string, use: string }>} */
const KINDS = {
  secret: { title: "Secret key", use: "For servers only: sends events, reads users, defines segments." },
  public: { title: "Public key", use: "For browsers and apps: opens sessions, whose tokens send events." },
  mcp: { title: "Connector key", use: "For connectors: reads users and segments." },
};

/** One key and what it may do. @param {any} key */
export function keyCard({
  kind,
  key,
  workspace,
  allowed_origins,
  allow_missing_origin,
  require_signed_user_id,
}) {
  const { title, use } = KINDS[kind] ?? { title: kind, use: "" };
  const hidden = element("p", "muted", "Given at the start and kept as a hash: this server cannot show it.");
  const shown =
    key === null
      ? hidden
      : element(
          "div",
          "copyable",
          element("code", "", key),
          copyButton(`the ${title.toLowerCase()}`, () => key),
        );
  const origins = element(
    "ul",
    "origins",
    ...allowed_origins.map((/** @type {string} */ origin) => element("li", "", element("code", "", origin))),
  );
  const details =
    kind === "public"
      ? facts({
          Workspace: workspace,
          "Allowed origins": allowed_origins.length === 0 ? "none" : origins,
          "Without an origin": allow_missing_origin ? "admitted" : "refused",
          "User ids": require_signed_user_id ? "must be signed" : "need no signature",
        })
      : facts({ Workspace: workspace });
  return element(
    "li",
    "panel",
    element("h3", "panel-title", title),
    element("p", "muted", use),
    shown,
    details,
  );
}
