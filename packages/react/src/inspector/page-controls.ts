import type { SegOpsClient } from "@segops/browser";

/** What the panel knows of a page's client beyond its notices, and what it can do to it. */
export interface PageControls {
  /** When the session token was minted. Undefined: none is at hand. */
  readonly tokenMintedAt: number | undefined;
  /** Whether the panel holds requests back. */
  readonly isHeldBack: boolean;
  /** Keeps events from being sent, as if the page was offline. */
  holdBack(isHeldBack: boolean): void;
  /** The texts of events that are waiting. */
  waiting(): string[];
  /** Puts everything back as it was. */
  end(): void;
}

/** Looks into a client of `@segops/browser`. Undefined for any other: a recording client has no such parts. */
export function createPageControls(client: SegOpsClient, onChange: () => void): PageControls | undefined {
  const { internals } = client;
  if (!internals) return undefined;
  const { engine, refresh } = internals;
  const { sender, queue } = engine;
  const { setActive, mint, dropTokens } = sender;
  let mintedAt = lastMinting();
  let isHeldBack = false;

  // Each sending and each stop goes through these.
  sender.setActive = (isActive) => setActive(isActive && !isHeldBack);
  sender.mint = async (lane) => {
    const refusal = await mint(lane);
    if (!refusal) mintedAt = Date.now();
    onChange();
    return refusal;
  };
  sender.dropTokens = () => {
    dropTokens();
    mintedAt = undefined;
    onChange();
  };

  return {
    get tokenMintedAt() {
      const hasToken = Object.values(queue.lanes).some(({ freshUntil }) => performance.now() < freshUntil);
      // The token of a request that was under way before this panel came.
      if (hasToken) mintedAt ??= lastMinting() ?? Date.now();
      return mintedAt;
    },
    get isHeldBack() {
      return isHeldBack;
    },
    holdBack(value) {
      isHeldBack = value;
      refresh();
      onChange();
    },
    waiting: () => [...queue.batches].flatMap(({ events }) => events),
    end() {
      sender.setActive = setActive;
      sender.mint = mint;
      sender.dropTokens = dropTokens;
      if (isHeldBack) refresh();
    },
  };
}

/** When the page last got a token: the panel may have come later. */
function lastMinting(): number | undefined {
  const requests = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  const last = requests.filter(({ name }) => name.endsWith("/api/auth/session/")).pop();
  // Not every browser tells the status.
  const status = last?.responseStatus ?? 200;
  return last && status >= 200 && status < 300 ? performance.timeOrigin + last.responseEnd : undefined;
}
