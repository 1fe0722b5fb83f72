import type { Balance } from "./balance";

/** How the clients' books compare with what the server has stored since the demo began. */
export type Verdict =
  /** The server is away, or has not been heard of yet. */
  | { readonly kind: "unknown" }
  /** Nothing is in flight, and each delivered event is stored once. */
  | { readonly kind: "even" }
  /** Events are in flight; so many of them are stored already, and the answer is not back. */
  | { readonly kind: "moving"; readonly storedInFlight: number }
  /** The server's count, which comes once a second, or a page's, is still behind. */
  | { readonly kind: "counting"; readonly missing: number }
  /** Somebody else has sent events, too. */
  | { readonly kind: "others"; readonly events: number };

export function judge({ inFlight, delivered }: Balance, stored: number | undefined): Verdict {
  if (stored === undefined) return { kind: "unknown" };
  if (stored < delivered) return { kind: "counting", missing: delivered - stored };
  const beyond = stored - delivered;
  if (beyond > inFlight) return { kind: "others", events: beyond - inFlight };
  return inFlight === 0 ? { kind: "even" } : { kind: "moving", storedInFlight: beyond };
}
