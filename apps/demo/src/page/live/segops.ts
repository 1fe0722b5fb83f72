import { settings } from "../settings";
import { createStore } from "./store";

export interface Arrival {
  readonly kind: "good" | "bad" | "refused";
  readonly id?: number;
  readonly received_at: string;
  readonly key_kind?: string;
  readonly user_id?: string;
  readonly event_type?: string;
  readonly reason?: string;
  readonly status?: number;
  readonly path?: string;
}

export interface Fault {
  readonly hits: number;
  readonly fault: { readonly kind: string };
}

/** What the SegOps server tells of itself. */
export interface SegOpsState {
  readonly connection: "connecting" | "live" | "lost";
  readonly stored: number | undefined;
  readonly faults: readonly Fault[];
  /** Newest first. */
  readonly arrivals: readonly (Arrival & { readonly key: number })[];
  /** Grows when memberships, or what a user did, may have changed. */
  readonly version: number;
}

const MAX_ARRIVALS = 12;

export const segOps = createStore<SegOpsState>({
  connection: "connecting",
  stored: undefined,
  faults: [],
  arrivals: [],
  version: 0,
});

export function followSegOps(): () => void {
  const stream = new EventSource(`${settings.apiUrl}/local/stream`);
  let lastKey = 0;
  const on = <Data>(name: string, change: (data: Data, state: SegOpsState) => Partial<SegOpsState>) =>
    stream.addEventListener(name, ({ data }: MessageEvent<string>) =>
      segOps.set((state) => ({ ...state, ...change(JSON.parse(data), state) })),
    );
  stream.addEventListener("error", () =>
    segOps.set((state) => ({ ...state, connection: "lost", stored: undefined, faults: [] })),
  );
  on<{ good: number }>("counts", ({ good }, { version }) => ({
    connection: "live",
    stored: good,
    version: version + 1,
  }));
  on<Fault[]>("faults", (faults) => ({ faults }));
  on("segments", (_, { version }) => ({ version: version + 1 }));
  on<{ arrivals: Arrival[] }>("arrivals", ({ arrivals: given }, { arrivals }) => {
    const fresh = given.map((arrival) => {
      lastKey += 1;
      return { ...arrival, key: lastKey };
    });
    return { arrivals: [...fresh.reverse(), ...arrivals].slice(0, MAX_ARRIVALS) };
  });
  return () => stream.close();
}
