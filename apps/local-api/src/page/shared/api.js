import { authorization, enteredKey, workspaceKey } from "./access.js";

/** Users and segments are always somebody's; the rest is everybody's until a key says whose. */
const OF_A_WORKSPACE = /^\/(local\/(segments|explorer|users)|api)\//;

/** An answer that is not the one hoped for, in words for the reader. */
export class Problem extends Error {
  /** @param {number} status @param {any} body */
  constructor(status, body) {
    const said =
      typeof body?.detail === "string"
        ? body.detail
        : Object.values(body ?? {})
            .flat()
            .join(" ");
    super(said === "" ? `The server answered ${status}.` : said);
    this.status = status;
    /** What is wrong with which field. @type {Record<string, string[]>} */
    this.fields = typeof body?.detail === "string" ? {} : (body ?? {});
  }
}

/**
 * @param {string} path
 * @param {{ method?: string, body?: unknown, signal?: AbortSignal }} [options]
 * @returns {Promise<any>}
 */
export async function request(path, { method = "GET", body, signal } = {}) {
  const key = OF_A_WORKSPACE.test(path) ? workspaceKey() : enteredKey();
  /** @type {RequestInit} */
  const init = { method, headers: authorization(key) };
  if (signal !== undefined) init.signal = signal;
  if (body !== undefined) {
    init.headers = { ...init.headers, "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await fetch(path, init);
  const answer = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (!response.ok) throw new Problem(response.status, answer);
  return answer;
}

/** A path with whatever a client called its users in it. @param {string[]} parts */
export function path(...parts) {
  return `/${parts.map(encodeURIComponent).join("/")}`;
}
