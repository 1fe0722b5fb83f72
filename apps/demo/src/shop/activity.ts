import { EventEmitter, once } from "node:events";
import type { Client, EventText, Notice } from "@segops/node";
import type { EventTotals } from "../delivery-table";

/** An event of the shop and how it fares. */
export interface TrackedEvent {
  readonly id: number;
  readonly user_id: string;
  readonly event_type: string;
  readonly payload: unknown;
  readonly state: "pending" | "sent" | "retrying" | "delivered" | "refused" | "dropped";
}

export interface Snapshot {
  readonly totals: EventTotals;
  /** Newest first. */
  readonly events: readonly TrackedEvent[];
}

/** As much of a client as is watched. */
type Watched = Pick<Client, "subscribe"> & { readonly totals: EventTotals };

const MAX_EVENTS = 30;

/** The latest events of a client and what became of them, for the page. */
export class Activity {
  readonly #client: Watched;
  readonly #events = new Map<EventText, TrackedEvent>();
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  #lastId = 0;
  #version = 0;

  constructor(client: Watched) {
    this.#client = client;
    client.subscribe((notice) => this.#record(notice));
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  snapshot(): Snapshot {
    return { totals: this.#client.totals, events: [...this.#events.values()].reverse() };
  }

  /** Resolves once there is something newer than `version`; rejects when the signal aborts. */
  async changedSince(version: number, signal: AbortSignal): Promise<void> {
    if (this.#version === version) await once(this.#emitter, "change", { signal });
  }

  #record(notice: Notice): void {
    switch (notice.type) {
      case "queued":
        this.#add(notice.event);
        break;
      case "sent":
      case "retrying":
      case "delivered":
        this.#mark(notice.events, notice.type);
        break;
      case "refused":
        // Which of a batch were skipped, the server does not say.
        if (notice.count === notice.events.length) this.#mark(notice.events, "refused");
        break;
      case "dropped":
        this.#mark(notice.events, "dropped");
        break;
      default:
        return;
    }
    this.#version += 1;
    this.#emitter.emit("change");
  }

  #add(text: EventText): void {
    const { user_id, event_type, payload } = JSON.parse(text) as TrackedEvent;
    this.#lastId += 1;
    this.#events.set(text, { id: this.#lastId, user_id, event_type, payload, state: "pending" });
    const [oldest] = this.#events.keys();
    if (this.#events.size > MAX_EVENTS && oldest !== undefined) this.#events.delete(oldest);
  }

  #mark(texts: readonly EventText[], state: TrackedEvent["state"]): void {
    for (const text of texts) {
      const event = this.#events.get(text);
      if (event !== undefined) this.#events.set(text, { ...event, state });
    }
  }
}
