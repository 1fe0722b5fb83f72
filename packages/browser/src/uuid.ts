/** A UUID of version 7 (RFC 9562), also where a page has no `crypto.randomUUID`, as over plain http. */
export function newUuid(): string {
  const [time, a, b] = [BigInt(Date.now()), ...crypto.getRandomValues(new BigUint64Array(2))].map((word) =>
    word.toString(16).padStart(16, "0"),
  ) as [string, string, string];
  return `${time.slice(4, 12)}-${time.slice(12)}-7${a.slice(13)}-8${b.slice(13)}-${a.slice(0, 12)}`;
}
