import { appendFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  addMany,
  atTheEnd,
  deliverAll,
  filesIn,
  openSpool,
  range,
  takeAll,
  temporaryFolder,
} from "./support/open-spool";

/** A spool whose owner died with ten events in it: three sealed, seven not. */
function deadSpool() {
  const directory = temporaryFolder();
  const { queue, kill } = openSpool({ directory });
  addMany(queue, 1, 3);
  queue.seal();
  addMany(queue, 4, 10);
  kill();
  const only = (extension: string): string => {
    const [file, ...more] = filesIn(directory, extension);
    if (!file || more.length > 0) throw new Error(`not one file ${extension}`);
    return path.join(directory, file);
  };
  return { directory, events: only(".events"), ledger: only(".ledger"), owner: only("owner.json") };
}

const reopen = (directory: string) => {
  const spool = openSpool({ directory });
  atTheEnd(() => spool.queue.close?.());
  return { ...spool, codes: () => spool.troubles.map(({ code }) => code) };
};

const overwrite = (file: string, start: number, bytes: Buffer): void => {
  const content = readFileSync(file);
  bytes.copy(content, start);
  writeFileSync(file, content);
};

/** Where the line of an event begins. */
const lineOf = (file: string, number: number): number => {
  const content = readFileSync(file);
  return content.lastIndexOf("\n", content.indexOf(`"number":${number},`)) + 1;
};

describe("a journal that was not written to its end", () => {
  it("gives all events before a torn last line, and says so once", () => {
    const { directory, events } = deadSpool();
    truncateSync(events, lineOf(events, 10) + 20);
    const { queue, recovered, codes, troubles } = reopen(directory);
    expect(recovered).toEqual([9]);
    expect(deliverAll(queue)).toEqual(range(1, 9));
    expect(codes()).toEqual(["spool_damaged"]);
    expect(troubles[0]?.message).toMatch(/1 line\(s\) of .*00000001\.events cannot be read and are skipped/);
  });

  it("gives every event whose line lacks nothing, wherever it was torn", () => {
    const whole = deadSpool();
    const content = readFileSync(whole.events);
    for (let size = 0; size < content.length; size++) {
      const { directory, events } = size === 0 ? whole : deadSpool();
      truncateSync(events, size);
      const lines = content.toString("latin1", 0, size).split("\n").length - 2;
      expect(deliverAll(reopen(directory).queue)).toEqual(range(1, lines));
    }
  });

  it("survives an empty segment and a torn header without a word", () => {
    for (const size of [0, 5]) {
      const { directory, events } = deadSpool();
      truncateSync(events, size);
      const { queue, recovered, codes } = reopen(directory);
      expect([queue.size, recovered, codes()]).toEqual([0, [], []]);
      queue.close?.();
      expect(filesIn(directory)).toEqual([]);
    }
  });

  it("sends sealed events under a new key when the seal was torn, as they were not sent before", () => {
    const { directory, ledger } = deadSpool();
    truncateSync(ledger, readFileSync(ledger).length - 4);
    const { queue } = reopen(directory);
    addMany(queue, 11, 11);
    expect(deliverAll(queue)).toEqual(range(1, 11));
  });

  it("sends everything when the ledger is gone", () => {
    const { directory, ledger } = deadSpool();
    truncateSync(ledger, 0);
    expect(deliverAll(reopen(directory).queue)).toEqual(range(1, 10));
  });
});

describe("a journal with a hole in it", () => {
  it.each([
    ["zeros", Buffer.alloc(60)],
    ["garbage", Buffer.from("\u{1F4A9}".repeat(15))],
    ["garbage with line breaks", Buffer.from("\n{}\ne 00000000 {}\n\n\0".repeat(3))],
  ])("gives all other events back: %s", (_, garbage) => {
    const { directory, events } = deadSpool();
    overwrite(events, lineOf(events, 5) + 3, garbage);
    const { queue, codes } = reopen(directory);
    const delivered = deliverAll(queue);
    expect(delivered).toEqual(expect.arrayContaining([1, 2, 3, 4, 8, 9, 10]));
    expect(delivered).not.toContain(5);
    expect(delivered).toEqual([...delivered].sort((a, b) => a - b));
    expect([queue.size, codes()]).toEqual([0, ["spool_damaged"]]);
  });

  it("finds the event behind zeros that swallowed a line break", () => {
    const { directory, events } = deadSpool();
    const start = lineOf(events, 5);
    overwrite(events, start, Buffer.alloc(lineOf(events, 6) - start));
    expect(deliverAll(reopen(directory).queue)).toEqual([1, 2, 3, 4, ...range(6, 10)]);
  });

  it("never sends a text that was changed", () => {
    const { directory, events } = deadSpool();
    const content = readFileSync(events, "latin1");
    writeFileSync(events, content.replace('"number":7,', '"number":8,'), "latin1");
    const { queue, codes } = reopen(directory);
    expect(deliverAll(queue)).toEqual([...range(1, 6), ...range(8, 10)]);
    expect(codes()).toEqual(["spool_damaged"]);
  });

  it("corrects the count when the hole is found later, in a segment that had been counted", async () => {
    const directory = temporaryFolder();
    const before = openSpool({ directory });
    addMany(before.queue, 1, 10);
    before.queue.close?.();
    const [file = ""] = filesIn(directory, ".events");
    overwrite(path.join(directory, file), lineOf(path.join(directory, file), 5) + 20, Buffer.from("?"));
    const { queue, recovered, lost, codes } = reopen(directory);
    expect([queue.size, recovered]).toEqual([10, [10]]);
    expect(deliverAll(queue)).toEqual([1, 2, 3, 4, ...range(6, 10)]);
    await Promise.resolve();
    expect([queue.size, recovered, lost, codes()]).toEqual([0, [10], [1], ["spool_events_lost"]]);
  });
});

describe("a journal that is large and all damaged", () => {
  const LINES = 50_000;

  it.each([
    ["empty lines", () => Buffer.alloc(6_000_000, "\n")],
    ["lines of another checksum", () => Buffer.from(`e 00000000 ${"x".repeat(89)}\n`.repeat(LINES))],
    ["lines with a zero each", () => Buffer.from(`e 00000000 \0${"x".repeat(88)}\n`.repeat(LINES))],
  ])("is read in one go: %s", (_, damage) => {
    const { directory, events } = deadSpool();
    appendFileSync(events, damage());
    const { queue, codes } = reopen(directory);
    expect(deliverAll(queue)).toEqual(range(1, 10));
    expect(codes()).toEqual(["spool_damaged"]);
  });

  it("is read in one go when its line breaks were changed", () => {
    const directory = temporaryFolder();
    const before = openSpool({ directory });
    addMany(before.queue, 1, LINES);
    before.kill();
    for (const file of filesIn(directory, ".events")) {
      const lines = readFileSync(path.join(directory, file), "latin1");
      writeFileSync(path.join(directory, file), lines.replaceAll("\n", "\r\n"), "latin1");
    }
    const { queue, codes } = reopen(directory);
    expect([queue.size, codes()]).toEqual([0, ["spool_foreign"]]);
  });
});

describe("what is not ours", () => {
  it("is left alone: files and folders in the directory", () => {
    const directory = temporaryFolder();
    writeFileSync(path.join(directory, "notes.txt"), "mine");
    mkdirSync(path.join(directory, "photos"));
    writeFileSync(path.join(directory, "photos", "00000001.events"), "mine");
    const { queue, codes } = reopen(directory);
    expect(queue.size).toBe(0);
    queue.close?.();
    expect(filesIn(directory).sort()).toEqual(["notes.txt", path.join("photos", "00000001.events")]);
    expect(codes()).toEqual([]);
  });

  it("is left alone and reported when it has the name of a journal", () => {
    const { directory, events } = deadSpool();
    const foreign = path.join(path.dirname(events), "00000002.events");
    writeFileSync(foreign, "these are my own notes\n");
    const { queue, codes, troubles } = reopen(directory);
    expect(deliverAll(queue)).toEqual(range(1, 10));
    expect(codes()).toEqual(["spool_foreign"]);
    expect(troubles[0]?.message).toContain("00000002.events is no file of the spool's. It is left alone");
    queue.close?.();
    expect(filesIn(directory, ".events")).toHaveLength(1);
  });

  it("goes to no client with another key or server", () => {
    const { directory } = deadSpool();
    const other = openSpool({ directory, destination: "https://api.segops.test sk_other" });
    expect(other.queue.size).toBe(0);
    expect(deliverAll(reopen(directory).queue)).toEqual(range(1, 10));
  });
});

describe("a newer version's journal", () => {
  it("is left for the newer version, and reported", () => {
    const { directory, events } = deadSpool();
    const newer = Buffer.from("segops-spool 2\nsomething new\n");
    writeFileSync(path.join(path.dirname(events), "00000002.events"), newer);
    const { queue, codes } = reopen(directory);
    expect(deliverAll(queue)).toEqual(range(1, 10));
    expect(codes()).toEqual(["spool_newer"]);
    queue.close?.();
    const [left = ""] = filesIn(directory, ".events");
    expect(readFileSync(path.join(directory, left))).toEqual(newer);
  });

  it("is not even taken over when its owner was of a newer version", () => {
    const { directory, owner } = deadSpool();
    const files = filesIn(directory);
    writeFileSync(owner, JSON.stringify({ ...JSON.parse(readFileSync(owner, "utf8")), format: 2 }));
    const { queue, codes } = reopen(directory);
    expect([queue.size, codes()]).toEqual([0, ["spool_newer"]]);
    queue.close?.();
    expect(filesIn(directory)).toEqual(files);
  });

  it("may have records of kinds that are not known yet", () => {
    const { directory, ledger } = deadSpool();
    appendFileSync(ledger, "x 00000000 {}\n");
    expect(deliverAll(reopen(directory).queue)).toEqual(range(1, 10));
  });
});

describe("an owner's record that cannot be read", () => {
  it("makes nobody lose or repeat events: the folder is taken over once it has been silent for a minute", async () => {
    const { directory, owner } = deadSpool();
    writeFileSync(owner, "{ torn");
    const { queue, clock } = reopen(directory);
    expect(queue.size).toBe(0);
    await clock.advance(120_000);
    expect(takeAll(queue)).toHaveLength(2);
  });
});
