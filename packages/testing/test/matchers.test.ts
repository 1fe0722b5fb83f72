import { expect as jestExpect } from "expect";
import { describe, expect, it } from "vitest";
import "../src/vitest";
import { createRecordingClient, segopsMatchers } from "../src/index";

jestExpect.extend(segopsMatchers);

/** The `expect` of each, as a function of an untyped value. */
type LooseExpect = (received: unknown) => Record<"toHaveTracked" | "toHaveIdentified", Matcher> & {
  not: Record<"toHaveTracked" | "toHaveIdentified", Matcher>;
};
type Matcher = (...expected: unknown[]) => void;
const libraries: [string, LooseExpect, typeof expect][] = [
  ["Vitest", expect as unknown as LooseExpect, expect],
  ["Jest", jestExpect as unknown as LooseExpect, jestExpect as unknown as typeof expect],
];

const shop = () => {
  const segops = createRecordingClient();
  segops.track({ userId: "ada", eventType: "order_placed", payload: { total: 42, items: [{ sku: "a" }] } });
  segops.track({ userId: "bob", eventType: "order_placed", payload: { total: 7, items: [] } });
  segops.track({ userId: "bob", eventType: "signed_up" });
  segops.identify({ userId: "ada", traits: { plan: "pro", since: 2020 } });
  return segops;
};

const messageOf = (work: () => void): string => {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it passed");
};

describe.each(libraries)("with %s", (_, expectThat, library) => {
  it.each<[string, unknown[]]>([
    ["by its name", ["order_placed"]],
    ["with a part of its payload", ["order_placed", { total: 42 }]],
    ["with a part deep inside", ["order_placed", { items: [{ sku: "a" }] }]],
    ["with an asymmetric matcher", ["order_placed", { total: library.any(Number) }]],
    ["so many times", ["order_placed", {}, { times: 2 }]],
    ["by somebody", ["order_placed", { total: 7 }, { userId: "bob", times: 1 }]],
  ])("an event is found %s", (_, expected) => {
    const segops = shop();
    expectThat(segops).toHaveTracked(...expected);
    expect(() => expectThat(segops).not.toHaveTracked(...expected)).toThrow("to be tracked");
  });

  it.each<[string, unknown[]]>([
    ["another name", ["order_plced"]],
    ["another value", ["order_placed", { total: 43 }]],
    ["a property it does not have", ["order_placed", { total: 42, currency: "EUR" }]],
    ["a list of another length", ["order_placed", { total: 42, items: [] }]],
    ["an asymmetric matcher that says no", ["order_placed", { total: library.any(String) }]],
    ["another number of times", ["order_placed", {}, { times: 1 }]],
    ["somebody else", ["order_placed", { total: 7 }, { userId: "ada" }]],
  ])("an event is not found by %s", (_, expected) => {
    const segops = shop();
    expectThat(segops).not.toHaveTracked(...expected);
    expect(() => expectThat(segops).toHaveTracked(...expected)).toThrow("to be tracked");
  });

  it("a user is found with a part of the traits, and not with others", () => {
    const segops = shop();
    expectThat(segops).toHaveIdentified("ada");
    expectThat(segops).toHaveIdentified("ada", { plan: "pro" });
    expectThat(segops).not.toHaveIdentified("bob");
    expectThat(segops).not.toHaveIdentified("ada", { plan: "free" });
  });

  it("a failure says what was tracked instead", () => {
    const failing = () => expectThat(shop()).toHaveTracked("order_placed", { total: library.any(String) });
    expect(messageOf(failing)).toMatch(
      /^expected order_placed with \{"total":"Any<String>"\} to be tracked\. These order_placed were tracked:\n {2}1\. by ada: \{"total":42,"items":\[\{"sku":"a"\}\]\}\n {2}2\. by bob: .*\nOther events: 1 × signed_up$/,
    );
  });

  it("a wrong number of times is told with the right one", () => {
    expect(messageOf(() => expectThat(shop()).toHaveTracked("signed_up", {}, { times: 2 }))).toMatch(
      /^expected 2 × signed_up to be tracked, but there are 1\./,
    );
  });

  it("a failure says that nothing was tracked, and that nobody was identified", () => {
    const nothing = createRecordingClient();
    expect(messageOf(() => expectThat(nothing).toHaveTracked("signed_up"))).toBe(
      "expected signed_up to be tracked. Nothing was tracked.",
    );
    expect(messageOf(() => expectThat(nothing).toHaveIdentified("ada"))).toBe(
      "expected ada to be identified. Nobody was.",
    );
  });

  it("a failed identity says who was identified", () => {
    expect(messageOf(() => expectThat(shop()).toHaveIdentified("ada", { plan: "free" }))).toBe(
      'expected ada with {"plan":"free"} to be identified. These were:\n  ada: {"plan":"pro","since":2020}',
    );
  });

  it.each([null, undefined, {}, []])("something that records nothing is refused: %j", (received) => {
    expect(() => expectThat(received).toHaveTracked("signed_up")).toThrow(/createRecordingClient\(\)/);
    expect(() => expectThat(received).not.toHaveIdentified("ada")).toThrow(/segopsHandlers\(\)/);
  });
});

it("a long story is told in short", () => {
  const segops = createRecordingClient();
  for (let number = 0; number < 100; number++) {
    segops.track({ userId: "ada", eventType: "read", payload: { text: "x".repeat(1_000) } });
  }
  const message = messageOf(() => expect(segops).toHaveTracked("read", { text: "y" }));
  expect(message).toContain("and 90 more");
  expect(message.length).toBeLessThan(5_000);
});
