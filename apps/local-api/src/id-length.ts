/** The longest id or event type in bytes of UTF-8: PostgreSQL's indexes take no more than a few of these together. */
const MAX_ID_BYTES = 1000;

export function isTooLong(text: string): boolean {
  // A character takes at most 3 bytes for each of its units.
  return text.length * 3 > MAX_ID_BYTES && Buffer.byteLength(text) > MAX_ID_BYTES;
}

export const TOO_LONG = `This may be ${MAX_ID_BYTES} bytes long at most.`;
