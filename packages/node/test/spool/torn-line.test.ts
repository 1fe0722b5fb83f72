import fs from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { addMany, deliverAll, openSpool, range, takeAll, temporaryFolder } from "./support/open-spool";

/** The next record is torn, and its beginning cannot be taken back. */
function tearOnce(): void {
  const write = fs.writeSync;
  const noSpace = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  vi.spyOn(fs, "ftruncateSync").mockImplementationOnce(() => {
    throw noSpace;
  });
  vi.spyOn(fs, "writeSync")
    .mockImplementationOnce(((fd: number, bytes: Buffer) => write(fd, bytes, 0, 7)) as typeof write)
    .mockImplementationOnce(() => {
      throw noSpace;
    });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a line that is torn and cannot be taken back", () => {
  it("spoils no record after it: a batch keeps its key", async () => {
    const directory = temporaryFolder();
    const { queue, clock, kill } = openSpool({ directory });
    addMany(queue, 1, 4);
    tearOnce();
    queue.seal();
    await clock.advance(15_000);
    expect(queue.durable).toBe(true);
    const sent = queue.take();
    kill();
    expect(takeAll(openSpool({ directory }).queue)).toMatchObject([{ key: sent?.key, texts: sent?.texts }]);
  });

  it("costs no event", async () => {
    const directory = temporaryFolder();
    const { queue, clock, lost, kill } = openSpool({ directory, maxSize: 40, maxMemoryBytes: 1_000_000 });
    addMany(queue, 1, 3);
    tearOnce();
    addMany(queue, 4, 20);
    await clock.advance(15_000);
    addMany(queue, 21, 30);
    kill();
    expect(deliverAll(openSpool({ directory }).queue)).toEqual(range(1, 30));
    expect(lost).toEqual([]);
  });
});
