/** A UUID of version 7 (RFC 9562), also where a page has no `crypto.randomUUID`, as over plain http. */
export function newUuid(): string {
  const time = Math.floor(Date.now()).toString(16).padStart(12, "0");
  const [a, b] = [...crypto.getRandomValues(new BigUint64Array(2))].map((word) =>
    word.toString(16).padStart(16, "0"),
  ) as [string, string];
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${a.slice(13)}-8${b.slice(13)}-${a.slice(0, 12)}`;
}
