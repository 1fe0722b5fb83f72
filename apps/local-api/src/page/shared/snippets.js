import { serverInfo } from "./access.js";
import { copyButton } from "./copy.js";
import { element } from "./dom.js";
import { tabs } from "./tabs.js";

/** What a newcomer can paste to see a first event, with this server's address and, where everybody knows it, its key. */
export function snippetTabs() {
  const { url, secret_key, public_key } = serverInfo();
  const shellKey = secret_key ?? "$SEGOPS_SECRET_KEY";
  const nodeKey = secret_key === null ? "process.env.SEGOPS_SECRET_KEY" : `"${secret_key}"`;
  const publicKey = public_key ?? "pk_…";
  return tabs("Ways to send an event", {
    curl: snippet("curl", curl(url, shellKey)),
    "Node.js": snippet("Node.js", node(url, nodeKey)),
    Browser: snippet("browser", browser(url, publicKey)),
    React: snippet("React", react(url, publicKey)),
  });
}

/** @param {string} title @param {string} text */
function snippet(title, text) {
  const block = element("pre", "code", text);
  block.tabIndex = 0;
  block.setAttribute("role", "region");
  block.setAttribute("aria-label", `${title} snippet`);
  return element(
    "div",
    "snippet",
    copyButton(`the ${title} snippet`, () => text),
    block,
  );
}

const curl = (/** @type {string} */ url, /** @type {string} */ key) => `curl ${url}/api/ingestion/track/ \\
  -H "Authorization: ApiKey ${key}" \\
  -H "Content-Type: application/json" \\
  -d '{
    "user_id": "ada@example.com",
    "event_type": "page_viewed",
    "payload": { "page": "/pricing" }
  }'`;

const node = (
  /** @type {string} */ url,
  /** @type {string} */ key,
) => `import { SegOpsClient } from "@segops/sdk";

const segops = new SegOpsClient({
  apiUrl: "${url}",
  apiKey: ${key},
});
segops.track({
  userId: "ada@example.com",
  eventType: "page_viewed",
  payload: { page: "/pricing" },
});
await segops.shutdown();`;

const browser = (
  /** @type {string} */ url,
  /** @type {string} */ key,
) => `import { SegOpsClient } from "@segops/sdk";

const segops = new SegOpsClient({
  apiUrl: "${url}",
  apiKey: "${key}",
  getUser: () => ({ userId: "ada@example.com" }),
});
segops.trackPageView();`;

const react = (
  /** @type {string} */ url,
  /** @type {string} */ key,
) => `import { SegOpsProvider, useTrack } from "@segops/react";

export const App = () => (
  <SegOpsProvider apiUrl="${url}" apiKey="${key}">
    <Buy />
  </SegOpsProvider>
);

function Buy() {
  const track = useTrack();
  return <button onClick={() => track("order_placed", { total: 42 })}>Buy</button>;
}`;
