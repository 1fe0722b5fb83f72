import type { Context, Handler } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { Services } from "../app";
import type { Arrival, Mailbox } from "../arrivals";
import type { FaultView } from "../faults/fault";
import type { Counts } from "../store/event-records";
import { localScope } from "./local-access";
import { isoTime } from "./views";

/** The most arrivals that wait for one listener; older ones are skipped, and the listener is told how many. */
const CAPACITY = 200;
/** The shortest time between two messages. */
const MESSAGE_INTERVAL_MS = 100;
/** The shortest time between two counts, which read the database. */
const COUNTS_INTERVAL_MS = 1000;
const HEARTBEAT_MS = 15_000;
/** Longer texts are cut; the listener fetches the whole from /local/events/<id>. */
const MAX_TEXT = 2000;

/**
 * Server-sent events: `counts` with the counters, `arrivals` with `{skipped, arrivals: […]}`, `reset`, `faults` with
 * those there are, and `segments` when memberships were computed anew.
 */
export function streamRoute({ store, feed, faults, options }: Services): Handler {
  return (c: Context) =>
    streamSSE(
      c,
      async (stream) => {
        const workspace = localScope(c);
        const mailbox = feed.open(CAPACITY, workspace);
        stream.onAbort(() => mailbox.close());
        try {
          await pump(stream, mailbox, {
            counts: () => store.counts(workspace),
            faults: () => faults.list(workspace),
          });
        } finally {
          mailbox.close();
        }
      },
      async (error) => options.logError(error),
    );
}

type ReadCounts = () => Promise<Counts>;
interface Sources {
  counts: ReadCounts;
  faults: () => FaultView[];
}

async function pump(stream: SSEStreamingApi, mailbox: Mailbox, { counts, faults }: Sources): Promise<void> {
  let countedAt = await sendCounts(stream, counts);
  const sendFaults = () => stream.writeSSE({ event: "faults", data: JSON.stringify(faults()) });
  await sendFaults();
  let stale = false;
  while (!mailbox.closed) {
    await mailbox.changed(stale ? COUNTS_INTERVAL_MS : HEARTBEAT_MS);
    if (mailbox.closed) return;
    const woken = mailbox.isChanged;
    const { arrivals, skipped, reset, notices } = mailbox.take();
    if (reset) await stream.writeSSE({ event: "reset", data: "{}" });
    if (arrivals.length > 0) {
      const data = JSON.stringify({ skipped, arrivals: arrivals.map(arrivalView) });
      await stream.writeSSE({ event: "arrivals", data });
    }
    if (notices.includes("faults")) await sendFaults();
    if (notices.includes("segments")) await stream.writeSSE({ event: "segments", data: "{}" });
    stale ||= woken;
    if (stale && performance.now() - countedAt >= COUNTS_INTERVAL_MS) {
      countedAt = await sendCounts(stream, counts);
      stale = false;
    } else if (!woken) {
      await stream.write(": still here\n\n");
    }
    await stream.sleep(MESSAGE_INTERVAL_MS);
  }
}

async function sendCounts(stream: SSEStreamingApi, counts: ReadCounts): Promise<number> {
  await stream.writeSSE({ event: "counts", data: JSON.stringify(await counts()), retry: 1000 });
  return performance.now();
}

function arrivalView(arrival: Arrival) {
  if (arrival.kind === "refused") {
    const { at, ...request } = arrival.request;
    return { kind: arrival.kind, received_at: isoTime(at), ...request };
  }
  if (arrival.kind === "bad") {
    const { id, receivedAt, keyKind, reason, field, message, received } = arrival.event;
    const received_at = isoTime(receivedAt);
    return {
      kind: arrival.kind,
      id,
      received_at,
      key_kind: keyKind,
      reason,
      field,
      message,
      text: excerpt(received),
    };
  }
  const { event } = arrival;
  return {
    kind: arrival.kind,
    id: event.id,
    received_at: isoTime(event.receivedAt),
    key_kind: event.keyKind,
    user_id: event.userId,
    event_type: event.eventType,
    text: excerpt(event.payload),
  };
}

function excerpt(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
