/**
 * The program of the worker thread that sends while the dying process waits. It is plain CommonJS in a string, so
 * that bundlers need not know of a second file.
 */
export const BLOCKING_SENDER_WORKER = `
const { workerData: { port, signal } } = require("node:worker_threads");
const modules = { "http:": require("node:http"), "https:": require("node:https") };
const agents = {
  "http:": new modules["http:"].Agent({ keepAlive: true, maxSockets: 4 }),
  "https:": new modules["https:"].Agent({ keepAlive: true, maxSockets: 4 }),
};

port.on("message", ({ id, url, headers, body, timeoutMs }) => {
  let isSettled = false;
  const settle = (outcome) => {
    if (isSettled) return;
    isSettled = true;
    clearTimeout(timer);
    port.postMessage({ id, outcome });
    Atomics.add(signal, 0, 1);
    Atomics.notify(signal, 0);
  };
  const fail = (error) => settle({ kind: "failed", reason: error.message || error.code || String(error) });
  const timer = setTimeout(() => {
    fail(new Error("no answer within " + timeoutMs + " ms"));
    request.destroy();
  }, timeoutMs);
  const { protocol } = new URL(url);
  const bytes = Buffer.from(body);
  const options = {
    method: "POST",
    agent: agents[protocol],
    headers: { ...headers, "content-length": bytes.length },
  };
  const request = modules[protocol].request(url, options, (answer) => {
    let text = "";
    answer.setEncoding("utf8");
    answer.on("data", (chunk) => {
      if (text.length < 65536) text += chunk;
    });
    answer.on("end", () => settle({
      kind: "response",
      status: answer.statusCode,
      retryAfter: answer.headers["retry-after"],
      body: text,
    }));
    answer.on("error", fail);
    answer.on("aborted", () => fail(new Error("the answer was cut off")));
  });
  request.on("error", fail);
  request.end(bytes);
});
`;
