import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

const HOST = "127.0.0.1";
const CLOSE_GRACE_MS = 2_000;

/** Listens on a port of this machine, or on another free one when that is taken. */
export async function listen(server: Server, port: number): Promise<AddressInfo> {
  try {
    await bind(server, port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    await bind(server, 0);
  }
  return server.address() as AddressInfo;
}

async function bind(server: Server, port: number): Promise<void> {
  server.listen(port, HOST);
  await once(server, "listening");
}

/** Stops listening and lets running requests end, for a while. */
export async function stopListening(server: Server): Promise<void> {
  const deadline = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
  const closed = once(server, "close");
  server.close();
  await closed;
  clearTimeout(deadline);
}
