/** An SDK that is measured: ours, or a peer from the registry. */
export interface Subject {
  /** What the tables call it, and its folder. */
  readonly name: string;
  readonly packageName: string;
  /** Exact. Ours is packed from this workspace and has none. */
  readonly version?: string;
}

export const nodeSubjects: readonly Subject[] = [
  { name: "segops-node", packageName: "@segops/node" },
  { name: "segment-node", packageName: "@segment/analytics-node", version: "3.1.0" },
  { name: "posthog-node", packageName: "posthog-node", version: "5.70.0" },
  { name: "amplitude-node", packageName: "@amplitude/analytics-node", version: "1.5.73" },
  { name: "rudder-node", packageName: "@rudderstack/rudder-sdk-node", version: "3.0.13" },
];

export const browserSubjects: readonly Subject[] = [
  { name: "segops-browser", packageName: "@segops/browser" },
  { name: "segment-browser", packageName: "@segment/analytics-next", version: "1.84.3" },
  { name: "posthog-browser", packageName: "posthog-js", version: "1.449.2" },
  { name: "amplitude-browser", packageName: "@amplitude/analytics-browser", version: "2.46.0" },
  { name: "mixpanel-browser", packageName: "mixpanel-browser", version: "2.83.0" },
];
