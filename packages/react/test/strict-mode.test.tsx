import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { StrictMode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { SegOpsProvider, useSegOps, useTrack, useTrackOnce, useUser } from "../src/index";
import { API_URL, received, requests } from "./support/server";

afterEach(cleanup);

function Shop() {
  const track = useTrack();
  const { user, setUser, reset } = useUser();
  const client = useSegOps();
  useTrackOnce("shop_opened", { from: "test" });
  return (
    <>
      <p>{user?.userId ?? "nobody"}</p>
      <button type="button" onClick={() => track("order_placed", { total: 42 })}>
        buy
      </button>
      <button type="button" onClick={() => setUser({ userId: "ada" })}>
        log in
      </button>
      <button type="button" onClick={reset}>
        log out
      </button>
      <button type="button" onClick={() => void client.flush()}>
        flush
      </button>
    </>
  );
}

function show() {
  return render(
    <StrictMode>
      <SegOpsProvider apiUrl={API_URL} apiKey="pk_test_key">
        <Shop />
      </SegOpsProvider>
    </StrictMode>,
  );
}

const click = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

describe("in StrictMode", () => {
  it("sends nothing twice and loses nothing", async () => {
    show();
    click("buy");
    click("flush");
    await vi.waitFor(() =>
      expect(received.map(({ event_type }) => event_type)).toEqual(["shop_opened", "order_placed"]),
    );
    expect(requests).toHaveLength(2);
  });

  it("shows who the user is", async () => {
    show();
    expect(screen.getByText("nobody")).toBeTruthy();
    act(() => click("log in"));
    expect(screen.getByText("ada")).toBeTruthy();
    act(() => click("log out"));
    expect(screen.getByText("nobody")).toBeTruthy();
  });

  it("flushes when it is unmounted", async () => {
    const { unmount } = show();
    click("buy");
    unmount();
    await vi.waitFor(() => expect(received).toHaveLength(2));
  });
});

describe("outside the provider", () => {
  it("says what is missing", () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    expect(() => render(<Shop />)).toThrow("useTrack must be used inside <SegOpsProvider>");
  });
});
