/** A UUID of version 7 (RFC 9562), also where a page has no `crypto.randomUUID`, as over plain http. */
export function newUuid(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  const random = Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) =>
    part.toString(16).padStart(8, "0"),
  ).join("");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
}
