import { useEffect, useRef } from "react";
import { connectionOf } from "./connection-badge";
import { Mark } from "./icons";
import type { Inspection } from "./inspection";

interface LauncherProps {
  readonly inspection: Inspection;
  readonly takesFocus: boolean;
  readonly onOpen: () => void;
}

/** The small button that opens the panel. */
export function Launcher({ inspection, takesFocus, onOpen }: LauncherProps) {
  const button = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the panel was closed
  useEffect(() => {
    if (takesFocus) button.current?.focus();
  }, []);
  const { tone, label } = connectionOf(inspection);
  const { pending, refused } = inspection.totals;
  return (
    <button type="button" className="launcher" ref={button} aria-expanded={false} onClick={onOpen}>
      <Mark />
      <span>SegOps</span>
      <span className="launcher-count">{pending} waiting</span>
      {refused > 0 && <span className="launcher-count problem">{refused} refused</span>}
      <span className={`dot ${tone}`} aria-hidden="true" />
      <span className="unseen">{label}. Open the inspector</span>
    </button>
  );
}
