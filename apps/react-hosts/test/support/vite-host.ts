import react from "@vitejs/plugin-react";
import { build, type InlineConfig, preview } from "vite";
import { installHost } from "./host";

/** A built application that is served. */
export interface ServedHost {
  readonly url: string;
  /** The names of the files that were built. */
  readonly files: readonly string[];
  close(): Promise<void>;
}

/** Builds an application with Vite and serves it with a strict Content-Security-Policy. */
export async function serveViteHost(name: string, apiUrl: string): Promise<ServedHost> {
  const host = await installHost(name);
  const settings: InlineConfig = {
    root: host.folder,
    configFile: false,
    logLevel: "warn",
    plugins: [react()],
  };
  const built = await build({
    ...settings,
    define: { "import.meta.env.VITE_SEGOPS_API_URL": JSON.stringify(apiUrl) },
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
