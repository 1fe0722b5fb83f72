import { FlushIcon } from "./icons";
import type { Inspection, Inspector } from "./inspection";

interface ActionsProps {
  readonly inspection: Inspection;
  readonly inspector: Inspector;
}

export function Actions({ inspection: { connection, canHoldBack }, inspector }: ActionsProps) {
  const isHeldBack = connection === "held back";
  return (
    <div className="actions">
      <button type="button" className="primary" onClick={() => void inspector.flush()}>
        <FlushIcon />
        Flush now
      </button>
      <button
        type="button"
        role="switch"
        className="switch"
        aria-checked={isHeldBack}
        disabled={!canHoldBack}
        onClick={() => inspector.holdBack(!isHeldBack)}
      >
        <span className="track" aria-hidden="true" />
        Simulate offline
      </button>
    </div>
  );
}
