import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_KEYS, DEFAULT_PUBLIC_KEY, type LocalServer, startServer } from "@segops/local-api";
import type { Browser, BrowserContext, Page } from "puppeteer-core";
import type { Engine } from "./engines";
import { type Site, startSite } from "./site";

/** One visitor of one site, from the first page to the last. */
export interface Visit {
  readonly engine: Engine;
  readonly server: LocalServer;
  readonly site: Site;
  /** How many numbered events were tracked so far. */
  tracked: number;
  /** How many of them were stored before a later visit. */
  atOnce: number | undefined;
  /** Where its browser keeps what outlives it, if it has such a place. */
  readonly profile: string | undefined;
  /** A tab with nothing in it. */
  newTab(): Promise<Page>;
  /** The browser itself, with a profile that outlives it from now on. */
  browserWithProfile(): Promise<Browser>;
  end(): Promise<void>;
}

const keys = DEFAULT_KEYS.map(({ allowedOrigins, ...key }) => ({
  ...key,
  // The origin of a sandboxed frame.
  ...(key.key === DEFAULT_PUBLIC_KEY && { allowedOrigins: [...(allowedOrigins ?? []), "null"] }),
}));

export async function startVisit(engine: Engine, shared: () => Promise<Browser>): Promise<Visit> {
  const server = await startServer({ port: 0, dataDirectory: ":memory:", keys });
  const site = await startSite(server.url);
  let own: Browser | undefined;
  let profile: string | undefined;
  let context: BrowserContext | undefined;
  return {
    engine,
    server,
    site,
    tracked: 0,
    atOnce: undefined,
    get profile() {
      return profile;
    },
    async newTab() {
      if (own?.connected) return own.newPage();
      context ??= await (await shared()).createBrowserContext();
      return context.newPage();
    },
    async browserWithProfile() {
      profile ??= await mkdtemp(join(tmpdir(), "segops-page-life-"));
      if (!own?.connected) own = await engine.launch(profile);
      return own;
    },
    async end() {
      await context?.close();
      await own?.close().catch(() => {});
      await site.close();
      await server.close();
      if (profile) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
