import type { Inspection } from "./inspection";

/** How sending fares, in two words. */
export function connectionOf({ connection, retry, sending }: Inspection): {
  readonly tone: "good" | "busy" | "warning";
  readonly label: string;
} {
  if (connection === "held back") return { tone: "warning", label: "Offline (simulated)" };
  if (connection === "offline") return { tone: "warning", label: "Offline" };
  if (retry) return { tone: "warning", label: "Retrying" };
  return sending > 0 ? { tone: "busy", label: "Sending" } : { tone: "good", label: "Online" };
}

export function ConnectionBadge({ inspection }: { readonly inspection: Inspection }) {
  const { tone, label } = connectionOf(inspection);
  return (
    <span className={`badge ${tone}`}>
      <span className="dot" aria-hidden="true" />
      {label}
    </span>
  );
}
