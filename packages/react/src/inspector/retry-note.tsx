import { durationText } from "./durations";
import type { Inspection } from "./inspection";

/** Why events came back, and when they are sent again. */
export function RetryNote({ retry, now }: { readonly retry: Inspection["retry"]; readonly now: number }) {
  if (!retry) return null;
  // Up: nobody waits for zero seconds.
  const waitMs = Math.ceil((retry.at - now) / 1_000) * 1_000;
  return (
    <div className="note">
      <strong>{waitMs > 0 ? `Trying again in ${durationText(waitMs)}` : "Trying again"}</strong>
      <span>
        Attempt {retry.attempt} failed: {retry.reason}. No event is lost.
      </span>
    </div>
  );
}
