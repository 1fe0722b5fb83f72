import { describe, expect, it } from "vitest";
import {
  addMany,
  createMachine,
  deliverAll,
  filesIn,
  openSpool,
  range,
  temporaryFolder,
} from "./support/open-spool";

const OLD = "https://api.segops.test sk_old";
const NEW = "https://api.segops.test sk_new";

/** A directory, and clients of two keys in it. */
function sharedDirectory() {
  const directory = temporaryFolder();
  const machine = createMachine();
  return { directory, open: (destination: string) => openSpool({ directory, machine, destination }) };
}

describe("events that wait for a client with another key", () => {
  it("are mentioned once, by how many folders they are in", async () => {
    const { directory, open } = sharedDirectory();
    const [one, other, next] = [open(OLD), open(OLD), open(NEW)];
    for (const { queue } of [one, other]) addMany(queue, 1, 10);
    one.kill();
    other.queue.close?.();
    expect(next.troubles).toEqual([]);
    const { troubles, clock } = open(NEW);
    await clock.advance(120_000);
    expect(troubles.map(({ code, message }) => [code, message])).toEqual([
      [
        "spool_other_destination",
        `2 folder(s) with undelivered events of another key or address wait in ${directory}. They are sent by a client with that key and address`,
      ],
    ]);
  });

  it("are counted with the folder of whoever took them over", () => {
    const { open } = sharedDirectory();
    const one = open(OLD);
    addMany(one.queue, 1, 10);
    one.kill();
    open(OLD).kill();
    expect(open(NEW).troubles.map(({ message }) => message)).toEqual([expect.stringMatching(/^1 folder/)]);
  });

  it("stay where they are, and go out when that client comes", () => {
    const { open } = sharedDirectory();
    const old = open(OLD);
    addMany(old.queue, 1, 10);
    old.kill();
    expect(open(NEW).queue.size).toBe(0);
    expect(deliverAll(open(OLD).queue)).toEqual(range(1, 10));
  });

  it("are nobody else's business while their owner lives", () => {
    const { open } = sharedDirectory();
    addMany(open(OLD).queue, 1, 10);
    expect(open(NEW).troubles).toEqual([]);
  });

  it("are not mentioned when all of them were delivered", () => {
    const { directory, open } = sharedDirectory();
    const old = open(OLD);
    addMany(old.queue, 1, 10);
    deliverAll(old.queue);
    old.kill();
    expect(filesIn(directory, ".events")).toHaveLength(1);
    expect(open(NEW).troubles).toEqual([]);
  });
});
