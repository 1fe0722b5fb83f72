import type { Installed } from "../install";

/** An SDK in a page, with the settings of its own guide; only the host is the sink's. */
export interface PageSubject {
  readonly name: string;
  readonly packageName: string;
  /** A module that defines `start(host)` and `track(properties)`. */
  readonly module: string;
}

const page = (imports: string, start: string, track: string): string => `
${imports}
let client;
window.subject = {
  start(host) { ${start} },
  track(properties) { ${track} },
};`;

export const pageSubjects: readonly PageSubject[] = [
  {
    name: "segops",
    packageName: "@segops/browser",
    module: page(
      'import { SegOpsClient } from "@segops/browser";',
      'client = new SegOpsClient({ apiUrl: host, apiKey: "pk_bench" });',
      'client.track({ eventType: "numbered", payload: properties });',
    ),
  },
  {
    name: "segops page client",
    packageName: "@segops/browser",
    module: page(
      'import { createPageClient } from "@segops/browser";',
      'client = createPageClient({ apiUrl: host, apiKey: "pk_bench" });',
      'client.track({ eventType: "numbered", payload: properties });',
    ),
  },
  {
    name: "segment",
    packageName: "@segment/analytics-next",
    module: page(
      'import { AnalyticsBrowser } from "@segment/analytics-next";',
      `const integrations = {
        "Segment.io": { apiHost: new URL(host).host + "/v1", protocol: "http" },
      };
      client = AnalyticsBrowser.load({ writeKey: "key", cdnURL: host }, { integrations });`,
      'client.track("numbered", properties);',
    ),
  },
  {
    name: "posthog",
    packageName: "posthog-js",
    module: page(
      'import posthog from "posthog-js";',
      // As it says itself when it meets a browser that is driven, which it takes for a bot.
      'posthog.init("phc_key", { api_host: host, opt_out_useragent_filter: true });',
      'posthog.capture("numbered", properties);',
    ),
  },
  {
    name: "amplitude",
    packageName: "@amplitude/analytics-browser",
    module: page(
      'import { init, track } from "@amplitude/analytics-browser";',
      'init("key", { serverUrl: host + "/2/httpapi" });',
      'track("numbered", properties);',
    ),
  },
  {
    name: "mixpanel",
    packageName: "mixpanel-browser",
    module: page(
      'import mixpanel from "mixpanel-browser";',
      'mixpanel.init("key", { api_host: host });',
      'mixpanel.track("numbered", properties);',
    ),
  },
];

export const folderOf = ({ packageName }: PageSubject, installed: readonly Installed[]) =>
  installed.find((each) => each.packageName === packageName)?.folder;
