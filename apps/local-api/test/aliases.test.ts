import { describe, expect, test } from "vitest";
import type { LocalServer } from "../src/index";
import { batch, localServer, mint, pageViewed, sessionFor, track } from "./support/local-server";

const anonymousView = { ...pageViewed, user_id: "anon_a1", anonymous_id: "a1" };

const usersOf = async (server: LocalServer) =>
  (await server.events()).map((event) => [event.user_id, event.resolved_user_id]).reverse();

describe("what an anonymous visitor did becomes the user's", () => {
  test("once an event shows both ids, and the events themselves stay as they came", async () => {
    const server = await localServer();
    await track(server, anonymousView);
    await track(server, { ...pageViewed, user_id: "ada", anonymous_id: "a1" });
    expect(await usersOf(server)).toEqual([
      ["anon_a1", "ada"],
      ["ada", "ada"],
    ]);
    expect(await server.counts()).toMatchObject({ distinct_users: 1 });
    expect(await server.events({ userId: "ada" })).toHaveLength(2);
  });

  test("once a session is minted after login", async () => {
    const server = await localServer();
    await track(server, anonymousView, await sessionFor(server, { anonymous_id: "a1" }));
    await mint(server, { user_id: "ada", anonymous_id: "a1" });
    expect(await usersOf(server)).toEqual([["anon_a1", "ada"]]);
  });
});

describe("the first identification wins", () => {
  test("over a later one, and the two users stay two", async () => {
    const server = await localServer();
    await track(server, anonymousView);
    await track(server, { ...pageViewed, user_id: "ada", anonymous_id: "a1" });
    await track(server, { ...pageViewed, user_id: "bob", anonymous_id: "a1" });
    expect(await usersOf(server)).toEqual([
      ["anon_a1", "ada"],
      ["ada", "ada"],
      ["bob", "bob"],
    ]);
    expect(await server.counts()).toMatchObject({ distinct_users: 2 });
  });

  test("within one batch as well", async () => {
    const server = await localServer();
    const both = ["ada", "bob"].map((user_id) => ({ ...pageViewed, user_id, anonymous_id: "a1" }));
    await batch(server, [anonymousView, ...both]);
    expect((await usersOf(server))[0]).toEqual(["anon_a1", "ada"]);
  });
});

test("an anonymous visitor does not claim another's anonymous id", async () => {
  const server = await localServer();
  await track(server, { ...pageViewed, user_id: "anon_a2", anonymous_id: "a1" });
  await track(server, anonymousView);
  expect((await usersOf(server))[1]).toEqual(["anon_a1", "anon_a1"]);
});
