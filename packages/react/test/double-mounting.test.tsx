import { screen } from "@testing-library/react";
import { useEffect, useLayoutEffect } from "react";
import { describe, expect, it } from "vitest";
import { SegOpsProvider, usePageViews, useSegOps, useTrack, useTrackOnce, useUser } from "../src/index";
import { startTestServer } from "./support/server";
import { Button, click, show } from "./support/show";

const server = startTestServer();

function Shop() {
  const track = useTrack();
  const { user, setUser, reset } = useUser();
  const { flush } = useSegOps();
  useTrackOnce("shop_opened", { from: "test" });
  usePageViews("/shop");
  return (
    <>
      <p>{user?.userId ?? "nobody"}</p>
      <Button name="buy" onClick={() => track("order_placed", { total: 42 })} />
      <Button name="log in" onClick={() => setUser({ userId: "ada" })} />
      <Button name="log out" onClick={reset} />
      <Button name="flush" onClick={flush} />
    </>
  );
}

const shop = () => (
  <SegOpsProvider apiUrl={server.url} apiKey="pk_test_key">
    <Shop />
  </SegOpsProvider>
);

describe("in StrictMode, which mounts everything twice", () => {
  it("nothing is sent twice and nothing is lost: one request for a token, one for all events", async () => {
    show(shop());
    click("buy");
    click("flush");
    expect(await server.eventTypes(3)).toEqual(["shop_opened", "page_viewed", "order_placed"]);
    expect(server.requests).toEqual(["session", "batch"]);
  });

  it("one visitor is counted", async () => {
    const { unmount } = show(shop());
    click("buy");
    unmount();
    await server.eventTypes(3);
    expect(new Set(server.events.map(({ user_id }) => user_id)).size).toBe(1);
  });

  it("the user is shown who logs in and out", () => {
    show(shop());
    expect(screen.getByText("nobody")).toBeTruthy();
    click("log in");
    expect(screen.getByText("ada")).toBeTruthy();
    click("log out");
    expect(screen.getByText("nobody")).toBeTruthy();
  });

  it("what effects of all kinds track arrives once, the cleaning up included", async () => {
    function Effects() {
      const track = useTrack();
      useLayoutEffect(() => track("laid_out"), [track]);
      useEffect(() => () => track("cleaned_up"), [track]);
      return null;
    }
    const { unmount } = show(
      <SegOpsProvider apiUrl={server.url} apiKey="pk_test_key">
        <Effects />
      </SegOpsProvider>,
    );
    unmount();
    // StrictMode itself runs these effects twice: what they do is theirs.
    expect((await server.eventTypes(4)).sort()).toEqual(["cleaned_up", "cleaned_up", "laid_out", "laid_out"]);
  });
});

describe("unmounting", () => {
  it("flushes", async () => {
    const { unmount } = show(shop());
    click("buy");
    unmount();
    expect(await server.eventTypes(3)).toContain("order_placed");
  });

  it("loses nothing that is tracked afterwards", async () => {
    let late = (): void => {};
    function Late() {
      const track = useTrack();
      late = () => track("answer_arrived");
      return null;
    }
    const { unmount } = show(
      <SegOpsProvider apiUrl={server.url} apiKey="pk_test_key">
        <Late />
      </SegOpsProvider>,
    );
    unmount();
    await server.eventTypes(0);
    late();
    expect(await server.eventTypes(1)).toEqual(["answer_arrived"]);
  });
});
