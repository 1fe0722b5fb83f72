import type { ReactNode } from "react";

const stroke = {
  stroke: "currentColor",
  strokeWidth: 1.75,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

/** Decoration: what it stands beside, or the label of what it is in, says the same. */
function Icon({ className, children }: { readonly className: string; readonly children: ReactNode }) {
  return (
    <svg className={className} viewBox="0 0 16 16" fill="none" aria-hidden="true">
      {children}
    </svg>
  );
}

/** The mark of the panel: events that become segments. */
export function Mark() {
  return (
    <Icon className="mark">
      <rect x="1" y="2" width="14" height="3" rx="1.5" fill="currentColor" />
      <rect x="1" y="6.5" width="9.5" height="3" rx="1.5" fill="currentColor" opacity="0.75" />
      <rect x="1" y="11" width="5.5" height="3" rx="1.5" fill="currentColor" opacity="0.5" />
    </Icon>
  );
}

export function CloseIcon() {
  return (
    <Icon className="icon">
      <path d="m4 4 8 8m0-8-8 8" {...stroke} />
    </Icon>
  );
}

export function FlushIcon() {
  return (
    <Icon className="icon">
      <path d="M8 13V3m0 0L4 7m4-4 4 4" {...stroke} />
    </Icon>
  );
}

export function ChevronIcon() {
  return (
    <Icon className="icon chevron">
      <path d="m6 4 4 4-4 4" {...stroke} />
    </Icon>
  );
}
