import { expect, it, vi } from "vitest";
import { newUuid } from "../src/uuid";

it("gives UUIDs of version 7, each another, with the time in front", () => {
  const before = Date.now();
  const uuids = Array.from({ length: 1_000 }, newUuid);
  const after = Date.now();
  expect(new Set(uuids.map((uuid) => uuid.slice(14))).size).toBe(1_000);
  for (const uuid of uuids) {
    expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    const time = Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(after);
  }
});

it("is one where some script has given the page a clock with fractions", () => {
  const clock = vi.spyOn(Date, "now").mockReturnValue(0x18bcfe56800 + 0.25);
  expect(newUuid()).toMatch(/^018bcfe5-6800-7[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
  clock.mockRestore();
});
