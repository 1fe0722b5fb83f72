import { writeSync } from "node:fs";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { EventQueue } from "@segops/core";
import { nodeClock, nodeScheduler } from "../../../src/node-clock";
import { nodeUtf8 } from "../../../src/node-utf8";
import { resolveSpoolOptions } from "../../../src/spool/spool-options";
import { createSpoolQueue } from "../../../src/spool/spool-queue";

/** What a process of a test does with a spool: the first argument says what, the second where. */
const [does, directory, ...numbers] = isMainThread ? process.argv.slice(2) : workerData;
const [first = 1, count = 0] = numbers.map(Number);
let keys = 0;

const say = (word: string | number): void => {
  writeSync(1, `${word}\n`);
};

const open = (): EventQueue => {
  const options = resolveSpoolOptions({ directory });
  if (!options) throw new Error("no spool");
  return createSpoolQueue(
    {
      maxSize: 10_000,
      maxBytes: 300_000,
      maxBatchBytes: 10_000,
      utf8: nodeUtf8,
      newKey: () => `${process.pid}-${++keys}`,
      recovered: () => {},
      lost: () => {},
      wake: () => {},
      report: (error) => writeSync(2, `${error.code}: ${error.message}\n`),
    },
    options,
    { clock: nodeClock, scheduler: nodeScheduler, destination: "https://api.segops.test sk_test" },
  );
};

const add = (queue: EventQueue, number: number): void => {
  // Now and then one of many pages: the kernel ends a killed process's write between two of them.
  const text = JSON.stringify({ number, filler: "x".repeat(number % 50 === 0 ? 40_000 : number % 400) });
  queue.add(text, undefined);
};

const programs: Record<string, () => void> = {
  /** Adds without end, and says so after each. */
  write() {
    const queue = open();
    for (let number = first; ; number++) {
      add(queue, number);
      say(number);
      if (number % 7 === 0) queue.seal();
      if (number % 50 === 0) queue.take();
    }
  },

  /** Leaves so many queues with ten events each behind. */
  leave() {
    for (let index = 0; index < count; index++) {
      const queue = open();
      for (let number = 0; number < 10; number++) add(queue, index * 10 + number + 1);
    }
    process.kill(process.pid, "SIGKILL");
  },

  /** Waits for a line, and says which events it finds then. */
  adopt() {
    say("ready");
    process.stdin.once("data", () => {
      const queue = open();
      queue.seal();
      for (let batch = queue.take(); batch; batch = queue.take()) {
        for (const text of batch.texts) say(JSON.parse(text).number);
        queue.settle(batch);
      }
      say("done");
      // Lives on with what it took.
      process.stdin.once("data", () => queue.close?.());
    });
  },

  /** Has a thread add ten events to a spool of its own and die; then looks what it left. */
  thread() {
    const own = open();
    add(own, 1);
    const thread = new Worker(__filename, { workerData: ["inThread", directory] });
    thread.once("message", async (found: number) => {
      say(`the thread found ${found}`);
      say(`beside it ${open().size}`);
      await thread.terminate();
      say(`after it ${open().size}`);
      process.kill(process.pid, "SIGKILL");
    });
  },

  inThread() {
    const queue = open();
    const found = queue.size;
    for (let number = 101; number <= 110; number++) add(queue, number);
    parentPort?.postMessage(found);
    setInterval(() => {}, 1_000);
  },
};

programs[does]?.();
