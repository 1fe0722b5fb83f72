import { durationText } from "./durations";
import type { Inspection } from "./inspection";

/** Why events came back, and when they are sent again. */
export function RetryNote({ retry, now }: { readonly retry: Inspection["retry"]; readonly now: number }) {
  if (!retry) return null;
  return (
    <div className="note">
      <strong>Trying again in {durationText(retry.at - now)}</strong>
      <span>
        Attempt {retry.attempt} failed: {retry.reason}. No event is lost.
      </span>
    </div>
  );
}
