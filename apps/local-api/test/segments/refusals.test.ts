import { describe, expect, test } from "vitest";
import { checkDefinition } from "../../src/segments/definition";
import { localServer, sessionFor } from "../support/local-server";
import { all, buyers, createSegment, inSegment, send } from "./segment-requests";

const problemsOf = (definition: unknown) => {
  const check = checkDefinition(definition);
  return check.valid ? [] : check.problems;
};
const trait = (operator: string, value?: unknown) => ({
  logic: "AND",
  conditions: [{ type: "user_property", property: "plan", operator, value }],
});

describe("a definition is refused with the place, the value and what to do", () => {
  test.each([
    ["no definition", "all", "expected object"],
    [
      "another logic",
      { ...buyers, logic: "XOR" },
      'logic: Invalid option: expected one of "AND"|"OR", but was "XOR".',
    ],
    ["no conditions", { logic: "AND", conditions: [] }, "conditions: "],
    [
      "an unknown type",
      { logic: "AND", conditions: [{ type: "mood" }] },
      "conditions.0.type: the types are event_count",
    ],
    [
      "a missing field",
      { logic: "AND", conditions: [{ ...buyers.conditions[0], value: undefined }] },
      "conditions.0.value: Invalid input: expected number, received undefined, but was missing.",
    ],
    [
      "an endless window",
      all({ type: "recency", event_type: "a", operator: "lt", window_days: 1e6 }),
      "conditions.0.window_days: at most 3650 are taken, but was 1000000.",
    ],
    [
      "too many steps",
      all({ type: "event_sequence", events: Array(21).fill("a"), window_days: 1 }),
      "conditions.0.events: at most 20 steps are taken, but there are 21.",
    ],
    [
      "too many conditions",
      all(...Array(51).fill(buyers.conditions[0])),
      "conditions: there are 51; at most 50 are taken.",
    ],
    [
      "a text that no database holds",
      all({ type: "event_count", event_type: "a\0", operator: "eq", value: 1 }),
      "conditions.0.event_type: a text may not contain the character U+0000.",
    ],
    [
      "half a character",
      trait("eq", "\ud83d"),
      "conditions.0.value: a text may not contain half a surrogate pair.",
    ],
    [
      "no value to compare with",
      trait("eq"),
      "conditions.0.value: expected a text, a number, true or false, but was missing.",
    ],
    [
      "a number to look for in a text",
      trait("contains", 1),
      "conditions.0.value: expected a text of at least one character, but was 1.",
    ],
    [
      "half a range",
      trait("between", [1]),
      "conditions.0.value: expected two numbers or two texts, [lowest, highest], but was [1].",
    ],
    [
      "a range that ends before it begins",
      trait("between", ["b", "a"]),
      'conditions.0.value: the lowest comes first, but was ["b","a"].',
    ],
    [
      "an empty list",
      trait("in", []),
      "conditions.0.value: expected a list of texts, numbers, true or false, with at least one, but was [].",
    ],
    [
      "a list without end",
      trait("in", Array(1001).fill(1)),
      "conditions.0.value: the list has 1001 values; at most 1000 are taken.",
    ],
    [
      "a text without end",
      trait("eq", "a".repeat(1001)),
      "conditions.0.value: the text has 1001 characters; at most 1000 are taken.",
    ],
  ])("%s", (_, definition, problem) => {
    expect(problemsOf(definition)).toEqual([expect.stringContaining(problem)]);
  });
});

describe("a regular expression is refused when databases would not agree on it, or when it costs too much", () => {
  test.each([
    ["look-ahead", "a(?=b)", "look-around"],
    ["a back-reference", "(a)\\1", "escape that is not taken"],
    ["a word boundary", "\\bpro", "escape that is not taken"],
    ["an option", "(?i)pro", "option"],
    ["a POSIX class", "[[:alpha:]]", "POSIX class"],
    ["an empty class", "[]a]", "empty class"],
    ["a range that ends before it begins", "[b-a]", "ends before it begins"],
    ["nothing to repeat", "*a", "nothing before it"],
    ["a repeated anchor", "^*", "anchor"],
    ["a repeated repetition", "a**", "repeats a repetition"],
    ["an open parenthesis", "(a", "not closed"],
    ["a closing parenthesis", "a)", "no opening"],
    ["an end in a class", "[a", "ends in the middle"],
    ["many repetitions", "a{256}", "more than 255 times"],
    ["repetitions of repetitions", "((a{100}){100}){100}", "too large"],
    ["great length", "a".repeat(201), "201 characters"],
    ["deep nesting", `${"(".repeat(21)}a${")".repeat(21)}`, "20 deep"],
  ])("%s", (_, pattern, problem) => {
    expect(problemsOf(trait("matches_regex", pattern))).toEqual([expect.stringContaining(problem)]);
  });
});

describe("segments may refer to each other", () => {
  test("but not in a circle", async () => {
    const server = await localServer();
    const first = await createSegment(server, buyers);
    const second = await createSegment(server, inSegment(first));
    const { status, body } = await send(server, "PATCH", `/api/segments/${first}/`, {
      definition: inSegment(second),
    });
    expect(status).toBe(400);
    expect(body.definition).toEqual([
      `conditions: the segments refer to each other in a circle: ${first} → ${second} → ${first}.`,
    ]);
  });

  test("but not without end", async () => {
    const server = await localServer();
    let id = await createSegment(server, buyers);
    for (let depth = 1; depth <= 5; depth++) id = await createSegment(server, inSegment(id));
    const tooDeep = { name: "Too deep", definition: inSegment(id) };
    expect((await send(server, "POST", "/api/segments/", tooDeep)).body).toEqual({
      definition: ["conditions: the segments refer to each other more than 5 deep."],
    });
  });

  test("but not with more conditions in all than the server looks at", async () => {
    const server = await localServer();
    const [condition] = buyers.conditions;
    const id = await createSegment(server, { logic: "OR", conditions: Array(50).fill(condition) });
    const [reference] = inSegment(id).conditions;
    const definition = { logic: "OR", conditions: Array(4).fill(reference) };
    const { body } = await send(server, "POST", "/api/segments/preview/", { definition });
    expect(body.definition).toEqual([expect.stringContaining("more than 200")]);
  });

  test("but not to one that does not exist, and one that is referred to is not deleted", async () => {
    const server = await localServer();
    const unknown = await send(server, "POST", "/api/segments/preview/", { definition: inSegment("none") });
    expect(unknown).toMatchObject({
      status: 400,
      body: { definition: [expect.stringContaining("no segment none")] },
    });
    const id = await createSegment(server, buyers);
    await createSegment(server, inSegment(id), "Loyal");
    expect(await send(server, "DELETE", `/api/segments/${id}/`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('"Loyal"') },
    });
  });
});

describe("requests are answered in the contract's shapes", () => {
  test("a missing field, an unknown segment, an unknown method, no JSON", async () => {
    const server = await localServer();
    expect(await send(server, "POST", "/api/segments/", { definition: buyers })).toMatchObject({
      status: 400,
      body: { name: [expect.any(String)] },
    });
    expect(await send(server, "POST", "/api/segments/", { name: "Buyers" })).toMatchObject({
      status: 400,
      body: { definition: ["This field is required."] },
    });
    expect(await send(server, "GET", "/api/segments/none/members/")).toMatchObject({
      status: 404,
      body: { detail: "There is no segment none." },
    });
    expect((await send(server, "PUT", "/api/segments/none/", {})).status).toBe(405);
    expect((await send(server, "POST", "/api/segments/preview/", [])).status).toBe(400);
    expect(await send(server, "GET", "/api/segments/membership/")).toMatchObject({
      status: 400,
      body: { user_id: [expect.any(String)] },
    });
  });

  test.each([
    ["GET", "/api/segments/"],
    ["POST", "/api/segments/preview/"],
    ["GET", "/api/segments/membership/?user_id=ada"],
    ["GET", "/api/explorer/users/ada/segments/"],
    ["GET", "/api/explorer/users/ada/segments/x/explain/"],
  ])("%s %s takes a key that may read", async (method, path) => {
    const server = await localServer();
    const body = method === "GET" ? undefined : {};
    const { Authorization } = await sessionFor(server, { user_id: "ada" });
    expect((await send(server, method, path, body, "ApiKey sk_wrong")).status).toBe(401);
    expect((await send(server, method, path, body, "ApiKey pk_test_local")).status).toBe(403);
    expect((await send(server, method, path, body, Authorization)).status).toBe(403);
  });

  test("a connector's key reads segments and changes none", async () => {
    const server = await localServer({ keys: [{ key: "sk_test_local" }, { key: "mk_connector" }] });
    const connector = "ApiKey mk_connector";
    expect((await send(server, "GET", "/api/segments/", undefined, connector)).status).toBe(200);
    const body = { name: "Buyers", definition: buyers };
    expect((await send(server, "POST", "/api/segments/", body, connector)).status).toBe(403);
  });

  test("a workspace sees neither the segments nor the users of another", async () => {
    const server = await localServer({
      keys: [{ key: "sk_test_local" }, { key: "sk_other", workspace: "other" }],
    });
    const id = await createSegment(server, buyers);
    expect((await send(server, "GET", `/api/segments/${id}/`, undefined, "ApiKey sk_other")).status).toBe(
      404,
    );
    expect((await send(server, "GET", "/api/segments/", undefined, "ApiKey sk_other")).body.count).toBe(0);
  });
});
