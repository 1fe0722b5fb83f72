// The snippet of @segops/browser's README, in a file of its own for the Content-Security-Policy.
(() => {
  /** @param {string} name */
  const read = (name) => document.querySelector(`meta[name="${name}"]`)?.getAttribute("content") ?? "";
  /** @type {[string, unknown[], number][]} */
  const calls = [];
  /** @type {Record<string, unknown>} */
  const segops = {
    calls,
    options: {
      apiUrl: read("segops-api-url"),
      apiKey: read("segops-api-key"),
      eventIds: true,
      flushInterval: 1000,
      onError() {},
      async getUser() {
        const { user_id, user_id_sig, user_id_ts } = await (await fetch("/who-am-i")).json();
        return { userId: user_id, userIdSig: user_id_sig, userIdTs: user_id_ts };
      },
    },
  };
  for (const method of ["track", "identify", "setUser", "reset", "trackPageView", "optIn", "optOut"]) {
    segops[method] = (/** @type {unknown[]} */ ...input) => calls.push([method, input, Date.now()]);
  }
  Object.assign(window, { segops });
})();
