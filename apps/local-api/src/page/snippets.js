import { byId, copyButton, element } from "./dom.js";

/**
 * What a newcomer can paste to see a first event, with this server's address and, where everybody knows it, its key.
 * @param {{ url: string, secret_key: string | null, public_key: string | null }} info
 */
export function showSnippets({ url, secret_key, public_key }) {
  const shellKey = secret_key ?? "$SEGOPS_SECRET_KEY";
  const nodeKey = secret_key === null ? "process.env.SEGOPS_SECRET_KEY" : `"${secret_key}"`;
  byId("snippets").replaceChildren(
    ...snippet(
      "curl",
      `curl ${url}/api/ingestion/track/ \\
  -H "Authorization: ApiKey ${shellKey}" \\
  -H "Content-Type: application/json" \\
  -d '{
    "user_id": "ada@example.com",
    "event_type": "page_viewed",
    "payload": { "page": "/pricing" }
  }'`,
    ),
    ...snippet(
      "Node.js",
      `import { SegOpsClient } from "@segops/sdk";

const segops = new SegOpsClient({
  apiUrl: "${url}",
  apiKey: ${nodeKey},
});
segops.track({
  userId: "ada@example.com",
  eventType: "page_viewed",
  payload: { page: "/pricing" },
});
await segops.shutdown();`,
    ),
  );
  const keys = byId("keys");
  if (public_key === null)
    keys.textContent = "Browsers use the public key that this server was started with.";
  else keys.append("In a browser, use the public key ", element("code", "", public_key), ".");
}

/** @param {string} title @param {string} text */
function snippet(title, text) {
  const block = element("pre", "code", text);
  block.tabIndex = 0;
  return [
    element(
      "div",
      "code-head",
      element("h3", "", title),
      copyButton(`the ${title} snippet`, () => text),
    ),
    block,
  ];
}
