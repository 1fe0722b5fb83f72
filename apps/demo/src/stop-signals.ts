/** A terminal and a package manager may both deliver one Ctrl-C; only a later one is impatience. */
const ECHO_MS = 1_000;

/** Calls back at the first SIGINT or SIGTERM; another one, a while later, ends the process at once. */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): void {
  let stoppedAt: number | undefined;
  const handle = (signal: NodeJS.Signals) => {
    const now = performance.now();
    if (stoppedAt === undefined) {
      stoppedAt = now;
      stop(signal);
    } else if (now - stoppedAt > ECHO_MS) {
      process.exit(130);
    }
  };
  process.on("SIGINT", handle);
  process.on("SIGTERM", handle);
}
