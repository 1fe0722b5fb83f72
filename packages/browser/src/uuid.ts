const words = new BigUint64Array(64);
let used = words.length;

/** Random hexadecimal digits: asked for in advance, as each call of `crypto` costs as much as many digits. */
function randomDigits(): string {
  if (used === words.length) {
    crypto.getRandomValues(words);
    used = 0;
  }
  return (words[used++] as bigint).toString(16).padStart(16, "0");
}

/** A UUID of version 7 (RFC 9562), also where a page has no `crypto.randomUUID`, as over plain http. */
export function newUuid(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  const random = randomDigits() + randomDigits();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
}
