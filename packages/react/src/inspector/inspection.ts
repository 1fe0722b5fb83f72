import type { SegOpsClient } from "@segops/browser";
import type { DeliveryReport, DeliveryTotals, Notice } from "@segops/core";
import { createEventLog, type EventLog, type LoggedEvent } from "./event-log";
import { createPageControls, type PageControls } from "./page-controls";

/** What the panel shows. */
export interface Inspection {
  readonly events: readonly LoggedEvent[];
  readonly totals: DeliveryTotals;
  readonly sending: number;
  readonly connection: "online" | "offline" | "held back";
  readonly retry: { readonly at: number; readonly reason: string; readonly attempt: number } | undefined;
  readonly userId: string | undefined;
  readonly anonymousId: string | undefined;
  readonly tokenMintedAt: number | undefined;
  /** Whether the panel can hold events back. */
  readonly canHoldBack: boolean;
  /** What a screen reader says: only what a developer would want to be told. */
  readonly announcement: string;
}

/** Watches a client and remembers what the panel shows. */
export interface Inspector {
  read(): Inspection;
  subscribe(onChange: () => void): () => void;
  /** Begins to watch. Returns the way to end it. */
  start(): () => void;
  flush(): Promise<void>;
  holdBack(isHeldBack: boolean): void;
}

const NOTHING: DeliveryTotals = {
  accepted: 0,
  recovered: 0,
  delivered: 0,
  refused: 0,
  dropped: {},
  pending: 0,
};

export function createInspector(client: SegOpsClient): Inspector {
  const listeners = new Set<() => void>();
  const log: EventLog = createEventLog();
  let controls: PageControls | undefined;
  let retry: Inspection["retry"];
  let announcement = "";
  let isLooking = false;
  let shown: Inspection = look();

  function look(): Inspection {
    const { events } = log;
    return {
      events,
      totals: client.totals ?? NOTHING,
      sending: events.filter(({ state }) => state === "sending").length,
      connection: controls?.isHeldBack ? "held back" : navigator.onLine === false ? "offline" : "online",
      retry,
      userId: client.userId,
      anonymousId: client.anonymousId,
      tokenMintedAt: controls?.tokenMintedAt,
      canHoldBack: controls !== undefined,
      announcement,
    };
  }

  /** Once for all that happens in one turn. */
  const changed = (): void => {
    if (isLooking) return;
    isLooking = true;
    void Promise.resolve().then(() => {
      isLooking = false;
      shown = look();
      for (const listener of listeners) listener();
    });
  };

  const take = (notice: Notice): void => {
    log.take(notice);
    if (notice.type === "recovered") log.addWaiting(controls?.waiting() ?? []);
    if (notice.type === "retrying") {
      const { reason, attempt, delayMs } = notice;
      retry = { reason, attempt, at: Date.now() + delayMs };
    } else if (notice.type === "sent" || notice.type === "delivered") {
      retry = undefined;
    }
    if (notice.type === "refused" || notice.type === "dropped")
      announcement = `${notice.count} event${notice.count === 1 ? "" : "s"} ${notice.type}: ${notice.reason}`;
    changed();
  };

  return {
    read: () => shown,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    start() {
      controls = createPageControls(client, changed);
      log.addWaiting(controls?.waiting() ?? []);
      const stop = client.subscribe(take);
      const page = new AbortController();
      for (const type of ["online", "offline"]) addEventListener(type, changed, { signal: page.signal });
      changed();
      return () => {
        page.abort();
        stop();
        controls?.end();
        controls = undefined;
      };
    },
    async flush() {
      announcement = "Flushing";
      changed();
      const { delivered, refused, pending }: DeliveryReport = await client.flush();
      announcement = `Flushed: ${delivered} delivered, ${refused} refused, ${pending} pending`;
      changed();
    },
    holdBack(isHeldBack) {
      controls?.holdBack(isHeldBack);
      announcement = isHeldBack ? "Offline is simulated" : "Back online";
      changed();
    },
  };
}
