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

port.on("message", (message) => {
  try {
    send(message);
  } catch (error) {
    answer(message.id, { kind: "failed", reason: String(error) });
  }
});

function answer(id, outcome) {
  port.postMessage({ id, outcome });
  Atomics.add(signal, 0, 1);
  Atomics.notify(signal, 0);
}

function send({ id, url, headers, body, timeoutMs }) {
  let isSettled = false;
  const settle = (outcome) => {
    if (isSettled) return;
    isSettled = true;
    clearTimeout(timer);
    answer(id, outcome);
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
  const request = modules[protocol].request(url, options, (response) => {
    let text = "";
    response.setEncoding("utf8");
    response.on("data", (chunk) => {
      if (text.length < 65536) text += chunk;
    });
    response.on("end", () => settle({
      kind: "response",
      status: response.statusCode,
      retryAfter: response.headers["retry-after"],
      body: text,
    }));
    response.on("error", fail);
    response.on("aborted", () => fail(new Error("the answer was cut off")));
  });
  request.on("error", fail);
  request.end(bytes);
}
`;
