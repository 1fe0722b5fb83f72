import {
  DEFAULT_KEYS,
  DEFAULT_PUBLIC_KEY,
  type LocalServer,
  StartError,
  startServer,
} from "@segops/local-api";
import { PAGE_KEY } from "../keys";
import type { FromServer, ToServer } from "./protocol";

/** A SegOps server in a process of its own, so that it can be killed. */
let server: LocalServer | undefined;

process.on("message", (message: ToServer) => {
  if (message.type === "start") void start(message);
  else void close();
});
// The demo ends first, or has crashed.
process.on("disconnect", () => void close());
// A terminal tells every process of Ctrl-C; the shop still has events to deliver.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

async function start({ port, strictPort, data, hmacSecret }: ToServer & { type: "start" }): Promise<void> {
  try {
    const pages = DEFAULT_KEYS.find(({ key }) => key === DEFAULT_PUBLIC_KEY);
    const pageKey = { ...pages, key: PAGE_KEY, requireSignedUserId: true, hmacSecret };
    server = await startServer({ port, strictPort, dataDirectory: data, keys: [...DEFAULT_KEYS, pageKey] });
    const { good, bad } = await server.counts();
    tell({ type: "listening", url: server.url, stored: good, refused: bad });
  } catch (error) {
    tell({ type: "failed", message: error instanceof StartError ? error.message : String(error) });
    await close();
  }
}

async function close(): Promise<void> {
  await server?.close();
  if (process.connected) process.disconnect();
  process.exit(0);
}

function tell(message: FromServer): void {
  process.send?.(message);
}
