import type { MakeNodeAdapter } from "./adapter";
import { EVENT_NAME, propertiesOf, userOf } from "./sample";

/** As much of each SDK's interface as is called here. The packages are not installed where types are checked. */
interface Flushable {
  flush(): Promise<unknown>;
}

interface SegOpsModule {
  SegOpsClient: new (
    options: object,
  ) => Flushable & { track(event: object): void; shutdown(): Promise<unknown> };
}

const segops =
  (spool: boolean): MakeNodeAdapter =>
  (load, apiUrl) => {
    const { SegOpsClient } = load("@segops/node") as SegOpsModule;
    const client = new SegOpsClient({
      apiUrl,
      apiKey: "sk_bench",
      // Elsewhere than in the user's own folder, so that runs do not meet.
      ...(spool && { spool: { directory: process.env.SEGOPS_BENCH_SPOOL } }),
    });
    return {
      track: (number) =>
        client.track({ userId: userOf(number), eventType: EVENT_NAME, payload: propertiesOf(number) }),
      flush: () => client.flush(),
      close: () => client.shutdown(),
    };
  };

interface SegmentModule {
  Analytics: new (
    settings: object,
  ) => { track(event: object): void; flush(): Promise<unknown>; closeAndFlush(): Promise<unknown> };
}

const segment: MakeNodeAdapter = (load, host) => {
  const { Analytics } = load("@segment/analytics-node") as SegmentModule;
  const analytics = new Analytics({ writeKey: "key", host });
  return {
    track: (number) =>
      analytics.track({ userId: userOf(number), event: EVENT_NAME, properties: propertiesOf(number) }),
    flush: () => analytics.flush(),
    close: () => analytics.closeAndFlush(),
  };
};

interface PostHogModule {
  PostHog: new (
    key: string,
    options: object,
  ) => Flushable & { capture(event: object): void; shutdown(): Promise<unknown> };
}

const posthog: MakeNodeAdapter = (load, host) => {
  const { PostHog } = load("posthog-node") as PostHogModule;
  const client = new PostHog("phc_key", { host });
  return {
    track: (number) =>
      client.capture({ distinctId: userOf(number), event: EVENT_NAME, properties: propertiesOf(number) }),
    flush: () => client.flush(),
    close: () => client.shutdown(),
  };
};

interface AmplitudeModule {
  init(key: string, options: object): unknown;
  track(name: string, properties: object, options: object): unknown;
  flush(): { promise: Promise<unknown> };
}

const amplitude: MakeNodeAdapter = (load, host) => {
  const { init, track, flush } = load("@amplitude/analytics-node") as AmplitudeModule;
  init("key", { serverUrl: `${host}/2/httpapi` });
  return {
    track: (number) => track(EVENT_NAME, propertiesOf(number), { user_id: userOf(number) }),
    flush: () => flush().promise,
    // It has no shutdown.
    close: () => flush().promise,
  };
};

interface RudderClient {
  track(event: object): void;
  flush(): Promise<unknown>;
}
type RudderModule = new (key: string, options: object) => RudderClient;

const rudder: MakeNodeAdapter = (load, host) => {
  const Analytics = load("@rudderstack/rudder-sdk-node") as RudderModule;
  const client = new Analytics("key", { dataPlaneUrl: host });
  return {
    track: (number) =>
      client.track({ userId: userOf(number), event: EVENT_NAME, properties: propertiesOf(number) }),
    flush: () => client.flush(),
    close: () => client.flush(),
  };
};

/** By what the tables call them. The spool is an option of ours, and stands in a row of its own. */
export const nodeAdapters: Readonly<Record<string, MakeNodeAdapter>> = {
  "segops-node": segops(false),
  "segops-node with spool": segops(true),
  "segment-node": segment,
  "posthog-node": posthog,
  "amplitude-node": amplitude,
  "rudder-node": rudder,
};
