import { describe, expect, test } from "vitest";
import { type Commit, parseCommits } from "../src/replay/commit-parser";

const first = ["a1", "", "1600000000", "ada@example.com", "Ada", "Fix the till's rounding"];
const merge = ["b2", "a1 c3", "1600000060", "zoë@example.com", "Zoë 📦", 'Merge "lamp"\twith a tab'];

describe("parseCommits", () => {
  test("reads every field of every commit", async () => {
    expect(await parse([log(first, merge)])).toEqual([
      {
        hash: "a1",
        parents: [],
        authoredAt: new Date("2020-09-13T12:26:40Z"),
        authorEmail: "ada@example.com",
        authorName: "Ada",
        subject: "Fix the till's rounding",
      },
      {
        hash: "b2",
        parents: ["a1", "c3"],
        authoredAt: new Date("2020-09-13T12:27:40Z"),
        authorEmail: "zoë@example.com",
        authorName: "Zoë 📦",
        subject: 'Merge "lamp"\twith a tab',
      },
    ]);
  });

  test("reads the same wherever the output is cut", async () => {
    const text = log(first, merge, first);
    const whole = await parse([text]);
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(await parse([text.slice(0, cut), text.slice(cut)])).toEqual(whole);
    }
    expect(await parse([...text])).toEqual(whole);
  });

  test("keeps empty fields and line breaks", async () => {
    const [commit] = await parse([log(["a1", "", "0", "", "", ""], first)]);
    expect(commit).toMatchObject({ authorEmail: "", authorName: "", subject: "", authoredAt: new Date(0) });
    const [broken] = await parse([log(["a1", "", "0", "a@b", "A\nB", "one\r\ntwo"])]);
    expect(broken).toMatchObject({ authorName: "A\nB", subject: "one\r\ntwo" });
  });

  test.each(["", "253402300800", "-62167219201", "99999999999999999999"])(
    "gives no date for %j, which no calendar has",
    async (seconds) => {
      const [commit] = await parse([log(["a1", "", seconds, "a@b", "A", "s"])]);
      expect(commit?.authoredAt).toBeUndefined();
    },
  );

  test("finds nothing in an empty log", async () => {
    expect(await parse([])).toEqual([]);
    expect(await parse([""])).toEqual([]);
  });

  test("says so when the log ends in the middle of a commit", async () => {
    const text = log(first, merge);
    await expect(parse([text.slice(0, -1)])).rejects.toThrow("in the middle of a commit");
    await expect(parse([text.slice(0, text.lastIndexOf("Zoë"))])).rejects.toThrow(
      "in the middle of a commit",
    );
  });
});

function log(...commits: string[][]): string {
  return commits.map((fields) => fields.map((field) => `${field}\0`).join("")).join("");
}

async function parse(chunks: Iterable<string>): Promise<Commit[]> {
  async function* stream() {
    yield* chunks;
  }
  const commits: Commit[] = [];
  for await (const commit of parseCommits(stream())) commits.push(commit);
  return commits;
}
