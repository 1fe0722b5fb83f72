import type { Fault } from "@segops/local-api";
import type { SegOpsApi } from "./segops-api";

/** What can be done to the SegOps server short of killing it. */
export const BREAKAGES = ["errors", "rate-limit", "lost-answers", "expire-tokens"] as const;

export type Breakage = (typeof BREAKAGES)[number];

const FAULTS: Readonly<Record<Breakage, Fault>> = {
  errors: { kind: "error", status: 503 },
  "rate-limit": { kind: "rate-limit", seconds: 2 },
  "lost-answers": { kind: "accept-then-reset", on: "ingestion" },
  "expire-tokens": { kind: "expire-tokens" },
};

/** One at a time, so that what is seen has one cause. */
export async function breakServer(api: SegOpsApi, breakage: Breakage): Promise<void> {
  if (breakage !== "expire-tokens") await mendServer(api);
  await api.post("/faults", FAULTS[breakage]);
}

export async function mendServer(api: SegOpsApi): Promise<void> {
  await api.delete("/faults");
}
