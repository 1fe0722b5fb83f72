/** The events of the story, in order. The server answers the first request with 503. */
export const STORY_EVENTS = ["after_a_503", "sent", "at_the_end"] as const;

/**
 * What every place does, as TypeScript. The last event is left to the end of the place: nothing flushes it here.
 */
const STORY = `
async function story(client: SegOpsClient): Promise<void> {
  client.track({ userId: "ada", eventType: "after_a_503" });
  await client.flush();
  client.track({ userId: "ada", eventType: "sent", payload: { total: 42 } });
  await client.flush();
  client.track({ userId: "ada", eventType: "at_the_end" });
}`;

const withoutTypes = (source: string): string => source.replace(/: SegOpsClient|: Promise<void>/g, "");

/** For a server: a program that simply ends. */
export const TYPED_PROGRAM = `import { SegOpsClient } from "@segops/sdk";
${STORY}
void story(new SegOpsClient());
`;
export const MODULE_PROGRAM = withoutTypes(TYPED_PROGRAM);
export const COMMONJS_PROGRAM = MODULE_PROGRAM.replace(/import (.*) from (.*);/, "const $1 = require($2);");

/** For a page: `runStory` is called with the client's options, and the page is left after it. */
export const TYPED_PAGE = `import { SegOpsClient } from "@segops/sdk";
${STORY}
type Options = ConstructorParameters<typeof SegOpsClient>[0];
Object.assign(globalThis, { runStory: (options: Options) => story(new SegOpsClient(options)) });
`;
export const PAGE = withoutTypes(TYPED_PAGE)
  .replace(/type Options.*\n/, "")
  .replace(": Options", "");

/** For a worker of a page: it is posted the client's options, and answers when it has flushed. */
export const TYPED_WORKER = `import { SegOpsClient } from "@segops/sdk";
${STORY}
type Options = ConstructorParameters<typeof SegOpsClient>[0];
addEventListener("message", (event) => {
  const { data, ports } = event as unknown as { data: Options; ports: { postMessage(message: string): void }[] };
  const client = new SegOpsClient(data);
  const ending = story(client)
    .then(() => client.flush())
    .then(() => ports[0]?.postMessage("done"));
  // A service worker is kept alive so long; a web worker is not ended by itself.
  (event as unknown as { waitUntil?(work: Promise<unknown>): void }).waitUntil?.(ending);
});
`;

/** For an isolate that serves requests: one event for each, with one client.. */
export const TYPED_ISOLATE = `import { SegOpsClient } from "@segops/sdk";

let client: SegOpsClient | undefined;

export default {
  async fetch(
    request: Request,
    env: { SEGOPS_API_URL: string; SEGOPS_SECRET_KEY: string },
    context: { waitUntil(work: Promise<unknown>): void },
  ): Promise<Response> {
    client ??= new SegOpsClient({ apiUrl: env.SEGOPS_API_URL, apiKey: env.SEGOPS_SECRET_KEY });
    const eventType = new URL(request.url).pathname.slice(1);
    client.track({ userId: "ada", eventType });
    context.waitUntil(client.flush());
    return new Response(eventType);
  },
};
`;

/** The environment of a program that takes its server and key from there. */
export const environmentOf = (connection: { readonly apiUrl: string; readonly secretKey: string }) => ({
  SEGOPS_API_URL: connection.apiUrl,
  SEGOPS_SECRET_KEY: connection.secretKey,
});
