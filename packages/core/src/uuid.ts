import type { Clock, Entropy } from "./runtime";

/** Makes UUIDs of version 7 (RFC 9562): the time in front, so that they sort by when they were made. */
export function createUuidFactory(clock: Clock, entropy: Entropy): () => string {
  return () => {
    const time = Math.max(0, Math.floor(clock.now())).toString(16).padStart(12, "0");
    const random = [...entropy.bytes(10)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const variant = "89ab"[Number.parseInt(random.slice(3, 4), 16) & 3];
    return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(8)}`;
  };
}
