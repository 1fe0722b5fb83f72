import { type BrowserClientOptions, SegOpsClient } from "@segops/browser";

/** What runs in the page of a story: the client, and what tests ask of it. */
const story = {
  client: undefined as SegOpsClient | undefined,
  errors: [] as { code: string; message: string }[],
  violations: [] as string[],
  shown: undefined as "first" | "again" | undefined,

  start(options: BrowserClientOptions): SegOpsClient {
    const onError: BrowserClientOptions["onError"] = ({ code, message }) =>
      story.errors.push({ code, message });
    story.client = new SegOpsClient({ eventIds: true, onError, ...options });
    return story.client;
  },

  /** Numbered from `first`, of so many bytes each. */
  track(first: number, count: number, bytes: number): void {
    for (let number = first; number < first + count; number++)
      story.client?.track({ eventType: "numbered", payload: { number, filler: "x".repeat(bytes) } });
  },
};

addEventListener("pageshow", ({ persisted }) => {
  story.shown = persisted ? "again" : "first";
});
addEventListener("pagehide", () => {
  story.shown = undefined;
});
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  story.violations.push(`${violatedDirective} ${blockedURI}`),
);

declare global {
  interface Window {
    story: typeof story;
  }
}
window.story = story;
