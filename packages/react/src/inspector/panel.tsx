import { type KeyboardEvent, useEffect, useRef } from "react";
import { Actions } from "./actions";
import { ConnectionBadge } from "./connection-badge";
import { EventList } from "./event-list";
import { CloseIcon, Mark } from "./icons";
import { Identity } from "./identity";
import type { Inspection, Inspector } from "./inspection";
import { RetryNote } from "./retry-note";
import { Totals } from "./totals";
import { useNow } from "./use-now";

interface PanelProps {
  readonly inspection: Inspection;
  readonly inspector: Inspector;
  readonly takesFocus: boolean;
  readonly onClose: () => void;
}

export function Panel({ inspection, inspector, takesFocus, onClose }: PanelProps) {
  const close = useRef<HTMLButtonElement>(null);
  const now = useNow();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the panel was opened
  useEffect(() => {
    if (takesFocus) close.current?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onClose();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from wherever the focus is in it
    <div className="panel" onKeyDown={onKeyDown}>
      <header>
        <Mark />
        <h2>SegOps</h2>
        <ConnectionBadge inspection={inspection} />
        <button
          type="button"
          className="quiet"
          ref={close}
          aria-label="Close the inspector"
          onClick={onClose}
        >
          <CloseIcon />
        </button>
      </header>
      <div className="body">
        <Totals inspection={inspection} />
        <RetryNote retry={inspection.retry} now={now} />
        <Actions inspection={inspection} inspector={inspector} />
        <Identity inspection={inspection} now={now} />
        <EventList events={inspection.events} />
      </div>
    </div>
  );
}
