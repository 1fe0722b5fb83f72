import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Does something in the async context that this package was loaded in, mostly none, and not in the caller's. A socket, a
 * timer and whatever else is begun while the host handles one of its requests would keep that request's context for as
 * long as it lives, and show up in the traces of that request.
 */
export const inOwnContext: <Result>(work: () => Result) => Result = AsyncLocalStorage.snapshot();
