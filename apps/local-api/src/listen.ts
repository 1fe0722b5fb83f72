import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { StartError } from "./errors";

const IDLE_SWEEP_MS = 20;

/** Binds a server to a port, or to another free one when that is taken and `strict` does not forbid it. */
export async function listen(
  server: Server,
  host: string,
  port: number,
  strict: boolean,
): Promise<AddressInfo> {
  try {
    return await bind(server, host, port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE" && !strict) return bind(server, host, 0);
    if (code === "EADDRINUSE") {
      throw new StartError(
        `Port ${port} on ${host} is taken. Stop what listens there, choose another with --port, or leave out --strict-port.`,
      );
    }
    throw new StartError(
      `The server could not listen on ${host}, port ${port}: ${(error as Error).message}.`,
    );
  }
}

/** Stops listening, lets running requests end, and after `graceMs` ends them. */
export function stopListening(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
    // Node closes the connections that are idle now, not those that fall idle when their request ends.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
    server.close(() => {
      clearTimeout(deadline);
      clearInterval(sweep);
      resolve();
    });
  });
}

function bind(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(server.address() as AddressInfo);
    });
  });
}
