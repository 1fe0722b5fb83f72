/** Something a page can import: an SDK as a whole, or the part of it that a page needs. */
export interface Variant {
  readonly name: string;
  readonly packageName: string;
  /** Statements of the module that is bundled for the size table. */
  readonly imports: string;
}

const named = (packageName: string, names: string): string =>
  `import { ${names} } from "${packageName}"; globalThis.used = [${names}];`;
const all = (specifier: string): string => `import it from "${specifier}"; globalThis.used = it;`;

/** What the size table weighs. The smaller ones that a peer offers are in it too. */
export const variants: readonly Variant[] = [
  {
    name: "segops { SegOpsClient }",
    packageName: "@segops/browser",
    imports: named("@segops/browser", "SegOpsClient"),
  },
  {
    name: "segops { createPageClient }",
    packageName: "@segops/browser",
    imports: named("@segops/browser", "createPageClient"),
  },
  {
    name: "segment { AnalyticsBrowser }",
    packageName: "@segment/analytics-next",
    imports: named("@segment/analytics-next", "AnalyticsBrowser"),
  },
  { name: "posthog", packageName: "posthog-js", imports: all("posthog-js") },
  {
    name: "posthog slim, no external",
    packageName: "posthog-js",
    imports: all("posthog-js/dist/module.slim.no-external"),
  },
  {
    name: "amplitude { init, track }",
    packageName: "@amplitude/analytics-browser",
    imports: named("@amplitude/analytics-browser", "init, track"),
  },
  { name: "mixpanel", packageName: "mixpanel-browser", imports: all("mixpanel-browser") },
  {
    name: "mixpanel core",
    packageName: "mixpanel-browser",
    imports: all("mixpanel-browser/src/loaders/loader-module-core"),
  },
];
