/** Pages served from this machine, on any port. */
export const LOOPBACK_ORIGINS: readonly string[] = [
  "http://localhost:*",
  "http://127.0.0.1:*",
  "http://[::1]:*",
  "https://localhost:*",
];

/** Whether an origin is on an allowlist. `*.` stands for one subdomain level, `:*` for any port or none. */
export function originAllowed(origin: string, allowlist: readonly string[]): boolean {
  return allowlist.some((pattern) => toExpression(pattern).test(origin));
}

export function isLoopbackOrigin(origin: string): boolean {
  return originAllowed(origin, LOOPBACK_ORIGINS);
}

/** Whether an origin is the server's own, by the name it was called by. */
export function isOwnOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** Whether a `Host` header, or the address a server is bound to, names this machine only. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/\/$/, "")
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/:\*$/, "(:\\d+)?")
    .replace(/\/\/\*\\\./, "//[^./:]+\\.");
  return new RegExp(`^${source}$`, "i");
}
