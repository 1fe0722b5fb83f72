import type { EventState, LoggedEvent } from "./event-log";
import { ChevronIcon } from "./icons";

const STATES: Record<EventState, readonly [label: string, tone: string]> = {
  queued: ["Queued", "plain"],
  sending: ["In flight", "busy"],
  retrying: ["Retrying", "warning"],
  delivered: ["Delivered", "good"],
  refused: ["Refused", "bad"],
  dropped: ["Dropped", "bad"],
  invalid: ["Invalid", "bad"],
};

export function EventRow({ event: { type, at, state, reason, text } }: { readonly event: LoggedEvent }) {
  const [label, tone] = STATES[state];
  return (
    <li>
      <details>
        <summary>
          <ChevronIcon />
          <span className="event-type">{type}</span>
          <time dateTime={at}>{new Date(at).toLocaleTimeString("en-GB")}</time>
          <span className={`pill ${tone}`}>{label}</span>
        </summary>
        {reason && <p className="reason">{reason}</p>}
        {text && <pre>{JSON.stringify(JSON.parse(text), null, 2)}</pre>}
      </details>
    </li>
  );
}
