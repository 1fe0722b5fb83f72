/** What the server says of itself, as events: `opened`, `counts`, `arrivals`, `reset`, `faults`, `segments`. */
const notices = new EventTarget();

/** @param {string} name @param {any} [detail] */
export function announce(name, detail) {
  notices.dispatchEvent(new CustomEvent(name, { detail }));
}

/** @param {string} name @param {(detail: any) => void} handler @param {AbortSignal} [signal] */
export function on(name, handler, signal) {
  const listener = (/** @type {Event} */ event) => handler(/** @type {CustomEvent} */ (event).detail);
  notices.addEventListener(name, listener, signal === undefined ? {} : { signal });
}

/**
 * Looks again when one of these things happens, at most once in a while, and never twice at a time.
 * @param {string[]} names
 * @param {AbortSignal} signal
 * @param {() => Promise<unknown>} look
 */
export function lookAgainOn(names, signal, look, restMs = 400) {
  let scheduled = false;
  let running = false;
  const run = async () => {
    if (signal.aborted) return;
    if (running) {
      setTimeout(run, restMs);
      return;
    }
    scheduled = false;
    running = true;
    await look().finally(() => {
      running = false;
    });
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    setTimeout(run, restMs);
  };
  for (const name of names) on(name, schedule, signal);
}
