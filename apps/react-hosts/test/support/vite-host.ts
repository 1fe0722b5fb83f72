import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import react from "@vitejs/plugin-react";
import { build, createServer, type InlineConfig, preview } from "vite";
import { installHost } from "./host";

/** A built application that is served. */
export interface ServedHost {
  readonly url: string;
  /** The names of the files that were built. */
  readonly files: readonly string[];
  close(): Promise<void>;
}

/** An application that is being developed. */
export interface DevelopedHost {
  readonly url: string;
  /** Saves a source, once, with some texts in place of others. */
  edit(file: string, ...changes: readonly (readonly [from: string, to: string])[]): Promise<void>;
  close(): Promise<void>;
}

/** Installed once, to be developed from the same beginning again and again. */
export interface HostSources {
  develop(): Promise<DevelopedHost>;
  remove(): Promise<void>;
}

const settingsFor = (folder: string, apiUrl: string): InlineConfig => ({
  root: folder,
  configFile: false,
  logLevel: "warn",
  plugins: [react()],
  define: { "import.meta.env.VITE_SEGOPS_API_URL": JSON.stringify(apiUrl) },
});

/** Builds an application with Vite and serves it with a strict Content-Security-Policy. */
export async function serveViteHost(name: string, apiUrl: string): Promise<ServedHost> {
  const host = await installHost(name);
  const settings = settingsFor(host.folder, apiUrl);
  const built = await build({
    ...settings,
    // In the file itself it would be against the policy.
    build: { assetsInlineLimit: 0 },
  });
  const server = await preview({
    ...settings,
    preview: {
      port: 0,
      host: "127.0.0.1",
      headers: {
        "Content-Security-Policy": `default-src 'none'; script-src 'self'; img-src data:; connect-src ${apiUrl}`,
      },
    },
  });
  const [{ output }] = [built].flat() as { output: readonly { fileName: string }[] }[] as [
    { output: readonly { fileName: string }[] },
  ];
  return {
    url: server.resolvedUrls?.local[0] as string,
    files: output.map(({ fileName }) => fileName),
    async close() {
      await server.close();
      await host.remove();
    },
  };
}

/** Installs an application whose sources Vite's development server is to serve. */
export async function installViteSources(name: string, apiUrl: string): Promise<HostSources> {
  const host = await installHost(name);
  return {
    remove: host.remove,
    async develop() {
      // Within the application's folder, so that it finds what was installed.
      const folder = await mkdtemp(path.join(host.folder, "develop-"));
      for (const each of ["index.html", "src"])
        await cp(path.join(host.folder, each), path.join(folder, each), { recursive: true });
      const server = await createServer({
        ...settingsFor(folder, apiUrl),
        cacheDir: path.join(host.folder, "cache"),
        server: { port: 0, host: "127.0.0.1" },
      });
      await server.listen();
      return {
        url: server.resolvedUrls?.local[0] as string,
        async edit(file, ...changes) {
          const source = path.join(folder, file);
          let text = await readFile(source, "utf8");
          for (const [from, to] of changes) {
            if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
            text = text.replace(from, to);
          }
          await writeFile(source, text);
        },
        close: () => server.close(),
      };
    },
  };
}
