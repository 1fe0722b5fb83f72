/** Kept for as long as the tab lives, and nowhere else. */
const STORED_AS = "segops-secret-key";

/** @typedef {{ url: string, secret_key: string | null, public_key: string | null }} Info */

/** @type {Info} */
let info = { url: location.origin, secret_key: null, public_key: null };
let entered = sessionStorage.getItem(STORED_AS);

/** @param {Info} told */
export function setInfo(told) {
  info = told;
}

export function serverInfo() {
  return info;
}

/** The key that the reader of this page gave, which narrows everything to its workspace. */
export function enteredKey() {
  return entered;
}

/** @param {string | null} key */
export function enterKey(key) {
  entered = key;
  if (key === null) sessionStorage.removeItem(STORED_AS);
  else sessionStorage.setItem(STORED_AS, key);
}

/** The key of the workspace whose users and segments are shown: the one given, or the one that everybody knows. */
export function workspaceKey() {
  return entered ?? info.secret_key;
}

/** @param {string | null} key @returns {Record<string, string>} */
export function authorization(key) {
  return key === null ? {} : { Authorization: `ApiKey ${key}` };
}
