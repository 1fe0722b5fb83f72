import { createStore } from "./store";

const isOffline = createStore(false);

/** The client's way to the network, which can be cut for this page alone. */
export const network = {
  isOffline,
  setOffline(value: boolean): void {
    isOffline.set(() => value);
  },
  fetch: ((...request: Parameters<typeof fetch>) =>
    isOffline.get()
      ? Promise.reject(new TypeError("The page was taken offline"))
      : fetch(...request)) as typeof fetch,
};
