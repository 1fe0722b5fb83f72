import type { Client, EventText, Notice } from "../../src/index";

/** An account of every single event, kept from notices alone, to hold against the client's own totals. */
export interface EventLedger {
  readonly counts: { accepted: number; delivered: number; refused: number; dropped: number };
  /** Events that ended twice, or ended without having begun. */
  readonly violations: readonly string[];
  readonly notices: readonly Notice[];
}

export function keepLedger(client: Client): EventLedger {
  const counts = { accepted: 0, delivered: 0, refused: 0, dropped: 0 };
  const violations: string[] = [];
  const notices: Notice[] = [];
  /** How many copies of a text are on their way. */
  const open = new Map<EventText, number>();

  const end = (texts: readonly EventText[], how: string): void => {
    for (const text of texts) {
      const copies = open.get(text) ?? 0;
      if (copies === 0) violations.push(`${how} without being on its way: ${text}`);
      open.set(text, copies - 1);
    }
  };

  client.subscribe((notice) => {
    notices.push(notice);
    switch (notice.type) {
      case "queued":
        counts.accepted++;
        open.set(notice.event, (open.get(notice.event) ?? 0) + 1);
        break;
      case "delivered":
        counts.delivered += notice.count;
        end(notice.events.slice(0, notice.count), notice.type);
        break;
      case "refused":
        counts.refused += notice.count;
        // Nobody knows which events of a batch were skipped: the last ones stand for them.
        end(notice.events.slice(notice.events.length - notice.count), notice.type);
        break;
      case "dropped":
        counts.dropped += notice.events.length;
        end(notice.events, notice.type);
        break;
    }
  });
  return { counts, violations, notices };
}
