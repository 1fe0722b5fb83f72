import type { Client, Notice } from "@segops/node";

type Retrying = Extract<Notice, { type: "retrying" }>;

/** What the server's answers mean for a program that has nothing else to do than to deliver. */
export interface ServerWatch {
  /** The server answers, but will not take events however often they are sent: why, or undefined. */
  readonly hindrance: string | undefined;
}

const ADVICE: Partial<Record<Retrying["code"], string>> = {
  unauthorized: "Check --api-key",
  forbidden: "Check what this key may do",
  not_found: "Check --api-url",
  unexpected_answer: "Check --api-url, and what stands between here and the server",
};

/** Tells of an outage once, when it begins, and once when it is over. */
export function watchServer(
  client: Pick<Client, "subscribe" | "totals">,
  say: (line: string) => void,
): ServerWatch {
  let isAway = false;
  let hindrance: string | undefined;
  client.subscribe((notice) => {
    if (notice.type === "retrying" && notice.code !== "unavailable") {
      hindrance = `The server takes no events: ${notice.reason}. ${ADVICE[notice.code] ?? ""}`.trim();
    } else if (notice.type === "retrying" && !isAway) {
      isAway = true;
      say(
        `The server does not take events now (${notice.reason}). ${client.totals.pending} are kept and sent again.`,
      );
    } else if (notice.type === "delivered") {
      if (isAway) say("The server is back.");
      isAway = false;
    }
  });
  return {
    get hindrance() {
      return hindrance;
    },
  };
}
