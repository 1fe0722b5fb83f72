import { beginPayload, isPlainJson, isPlainObject } from "./json-text";

/** What JSON has to escape. */
const ESCAPED = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;
/** Keys beyond this place are not remembered, */
const MAX_KEYS = 32;
/** and none that is longer: what is remembered stays. */
const MAX_KEY_LENGTH = 100;

/** The keys of the events of one type, which seldom change, with what stands before their values. */
export interface PayloadShape {
  readonly keys: string[];
  readonly heads: string[];
}

export function newPayloadShape(): PayloadShape {
  return { keys: [], heads: [] };
}

export function quote(text: string): string {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/**
 * What JSON.stringify makes of a payload, in one walk that looks for what JSON cannot hold as well: a fifth of the
 * time of `track()` is saved. Undefined when something has to be replaced first.
 */
export function payloadText(payload: object, { keys, heads }: PayloadShape): string | undefined {
  if (typeof (payload as { toJSON?: unknown }).toJSON === "function") return undefined;
  beginPayload();
  let text = "";
  let place = 0;
  for (const key in payload) {
    // biome-ignore lint/suspicious/noPrototypeBuiltins: in a for-in loop V8 makes this free, but not Object.hasOwn.
    if (!Object.prototype.hasOwnProperty.call(payload, key)) continue;
    const value = (payload as Record<string, unknown>)[key];
    if (value === undefined) continue;
    if (keys[place] === key) {
      text += heads[place];
    } else {
      const head = `${place === 0 ? "{" : ","}${quote(key)}:`;
      if (place < MAX_KEYS && key.length <= MAX_KEY_LENGTH) {
        keys[place] = key;
        heads[place] = head;
      }
      text += head;
    }
    place++;
    if (typeof value === "string") text += quote(value);
    else if (typeof value === "boolean" || value === null || Number.isFinite(value)) text += value;
    else {
      const inner = isPlainJson(value) ? JSON.stringify(value) : undefined;
      if (inner === undefined) return undefined;
      text += inner;
    }
  }
  if (place > 0) return `${text}}`;
  return isPlainObject(payload) ? "{}" : undefined;
}
