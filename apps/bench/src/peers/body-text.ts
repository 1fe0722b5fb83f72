import { gunzipSync } from "node:zlib";

const isGzip = (body: Buffer): boolean => body[0] === 0x1f && body[1] === 0x8b;

/** A request's body as its SDK wrote it, before it was compressed or put into a form. */
export function bodyText(body: Buffer): string {
  const text = (isGzip(body) ? gunzipSync(body) : body).toString("utf8");
  // mixpanel-browser: a form with JSON in it, in base64 unless told otherwise.
  const field = /^data=([^&]*)/.exec(text)?.[1];
  if (field === undefined) return text;
  const value = decodeURIComponent(field.replaceAll("+", " "));
  return /^\s*[[{]/.test(value) ? value : Buffer.from(value, "base64").toString("utf8");
}
