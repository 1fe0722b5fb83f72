import { describe, expect, it } from "vitest";
import {
  addMany,
  deliverAll,
  filesIn,
  numbersIn,
  openSpool,
  range,
  takeAll,
  temporaryFolder,
  text,
} from "./support/open-spool";

describe("a process that dies", () => {
  it("leaves every event for the next one", () => {
    const directory = temporaryFolder();
    const before = openSpool({ directory });
    addMany(before.queue, 1, 1_200);
    before.kill();

    const after = openSpool({ directory });
    expect(after.recovered).toEqual([1_200]);
    expect(after.queue.size).toBe(1_200);
    expect(deliverAll(after.queue)).toEqual(range(1, 1_200));
    expect(after.troubles).toEqual([]);
  });

  it("leaves sealed batches under their keys, with the same bytes", () => {
    const directory = temporaryFolder();
    const before = openSpool({ directory });
    addMany(before.queue, 1, 7, "ä€😀");
    const [sent] = takeAll(before.queue);
    addMany(before.queue, 8, 9);
    before.kill();

    const [again, rest] = takeAll(openSpool({ directory }).queue);
    expect(again).toMatchObject({ key: sent?.key, texts: sent?.texts, bytes: sent?.bytes });
    expect(rest && numbersIn([rest])).toEqual([8, 9]);
  });

  it("gives the unsealed events a key that the process after that still knows", () => {
    const directory = temporaryFolder();
    const first = openSpool({ directory });
    addMany(first.queue, 1, 3);
    first.kill();
    const second = openSpool({ directory });
    const [sent] = takeAll(second.queue);
    second.kill();
    const third = openSpool({ directory });
    expect(takeAll(third.queue)).toMatchObject([{ key: sent?.key, texts: sent?.texts }]);
  });

  it("leaves nothing of what was settled", () => {
    const directory = temporaryFolder();
    const before = openSpool({ directory });
    addMany(before.queue, 1, 1_500);
    const [, second] = takeAll(before.queue);
    if (second) before.queue.settle(second);
    before.kill();

    const after = openSpool({ directory });
    expect(after.recovered).toEqual([1_000]);
    expect(deliverAll(after.queue)).toEqual([...range(1, 500), ...range(1_001, 1_500)]);
  });

  it("leaves the halves of a split batch under their new keys", () => {
    const directory = temporaryFolder();
    const before = openSpool({ directory });
    addMany(before.queue, 1, 9);
    const [batch] = takeAll(before.queue);
    if (!batch) throw new Error("nothing to take");
    const [first, second] = before.queue.split(batch);
    const [third, fourth] = before.queue.split(second);
    before.queue.settle(third);
    before.kill();

    expect(takeAll(openSpool({ directory }).queue)).toMatchObject([
      { key: first.key, texts: first.texts },
      { key: fourth.key, texts: fourth.texts },
    ]);
  });

  it("leaves the visitor to each event", () => {
    const directory = temporaryFolder();
    const before = openSpool({ directory });
    const ada = { userId: "ada", anonymousId: "a-1" };
    before.queue.add(text(1), ada);
    before.queue.seal();
    before.queue.add(text(2), ada);
    before.queue.add(text(3), { userId: "bob" });
    before.kill();

    const batches = takeAll(openSpool({ directory }).queue);
    expect(batches.map(({ visitor, texts }) => [visitor, texts])).toEqual([
      [ada, [text(1)]],
      [ada, [text(2)]],
      [{ userId: "bob" }, [text(3)]],
    ]);
  });

  it("leaves an event of any size", () => {
    const directory = temporaryFolder();
    const before = openSpool({ directory, maxBatchBytes: 8_000_000 });
    const sizes = [0, 80_000, 87_370, 262_120, 262_144, 3_000_000];
    for (const size of sizes) addMany(before.queue, size, size, "€".repeat(size / 3));
    before.kill();
    expect(deliverAll(openSpool({ directory }).queue)).toEqual(sizes);
  });

  it("and its heirs may die one after the other", () => {
    const directory = temporaryFolder();
    for (let life = 0; life < 20; life++) {
      const { queue, kill } = openSpool({ directory });
      addMany(queue, life * 10 + 1, life * 10 + 10);
      expect(queue.size).toBe(life * 10 + 10);
      kill();
    }
    const last = openSpool({ directory });
    expect(deliverAll(last.queue)).toEqual(range(1, 200));
    last.queue.close?.();
    expect(filesIn(directory)).toEqual([]);
  });
});

describe("a client that is shut down", () => {
  it("takes its folder with it when everything is delivered", () => {
    const directory = temporaryFolder();
    const { queue } = openSpool({ directory });
    addMany(queue, 1, 10);
    deliverAll(queue);
    queue.close?.();
    expect(filesIn(directory)).toEqual([]);
  });

  it("leaves the rest to the next one, though its process lives on", () => {
    const directory = temporaryFolder();
    const before = openSpool({ directory });
    addMany(before.queue, 1, 10);
    before.queue.close?.();
    expect(before.queue.size).toBe(10);
    expect(deliverAll(openSpool({ directory }).queue)).toEqual(range(1, 10));
  });
});
