import type { BooksNews } from "../live/books";
import type { Fault } from "../live/segops";

interface Situation {
  readonly server: BooksNews["server"];
  readonly backend: BooksNews["backend"];
  readonly isOffline: boolean;
  readonly faults: readonly Fault[];
}

const KINDS: Readonly<Record<string, string>> = {
  error: "The server answers 503.",
  "rate-limit": "The server answers 429, and asks to wait for two seconds each time.",
  "accept-then-reset": "The server stores events, and cuts the connection before it answers.",
};

/** What is broken now, a sentence each. */
export function describeTrouble({ server, backend, isOffline, faults }: Situation): string[] {
  const sentences = faults.map(({ fault, hits }) => {
    const met = hits === 1 ? "1 request has met it." : `${hits} requests have met it.`;
    return `${KINDS[fault.kind] ?? `The server has the fault ${fault.kind}.`} ${met}`;
  });
  if (server === "down") sentences.push("The server was killed: its process is gone.");
  if (server === "starting") sentences.push("The server is starting.");
  if (backend === "down")
    sentences.push(
      "The shop's backend was killed: nobody takes orders, and what it tracked waits on its disk.",
    );
  if (backend === "starting") sentences.push("The shop's backend is starting.");
  if (isOffline) sentences.push("This page is cut off from SegOps.");
  return sentences;
}
