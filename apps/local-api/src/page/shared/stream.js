import { authorization, enteredKey } from "./access.js";
import { announce } from "./live.js";

const RETRY_MS = 1000;
/** The server says something every 15 seconds; a connection that is silent for longer is dead. */
const SILENCE_MS = 40_000;

/** @type {AbortController | undefined} */
let listening;

/**
 * Listens to the server for as long as the page lives. Unlike an EventSource, a request can carry a key.
 * @param {(state: "live" | "lost" | "refused") => void} onState
 */
export async function listen(onState) {
  for (;;) {
    listening = new AbortController();
    const { signal } = listening;
    const state = await read(signal, () => onState("live")).catch(() => "lost");
    // A change of keys is no loss: listen anew at once.
    if (signal.aborted && signal.reason === "key") continue;
    onState(state === "refused" ? "refused" : "lost");
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** Listens with the key that was entered since. */
export function listenAnew() {
  listening?.abort("key");
}

/** @param {AbortSignal} signal @param {() => void} onOpen */
async function read(signal, onOpen) {
  const response = await fetch("/local/stream", { headers: authorization(enteredKey()), signal });
  if (response.status === 401 || response.status === 403) return "refused";
  if (!response.ok || response.body === null) return "lost";
  onOpen();
  announce("opened");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const watchdog = setTimeout(() => listening?.abort(), SILENCE_MS);
    const { done, value } = await reader.read().finally(() => clearTimeout(watchdog));
    if (done) return "lost";
    const messages = (buffer + value).split("\n\n");
    buffer = messages.pop() ?? "";
    for (const message of messages) hear(message);
  }
}

/** @param {string} message */
function hear(message) {
  let name = "";
  let data = "";
  for (const line of message.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    if (line.startsWith("data: ")) data += line.slice(6);
  }
  if (name !== "") announce(name, JSON.parse(data));
}
