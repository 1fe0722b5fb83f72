// @vitest-environment node
import { afterEach, expect, it, vi } from "vitest";
import { SegOpsClient } from "../src/index";

const options = { apiUrl: "https://api.segops.test", apiKey: "pk_test" };

afterEach(() => {
  vi.restoreAllMocks();
});

it("does a server that renders the page no harm: nothing throws, is sent or stored, and each event is reported", async () => {
  const fetch = vi.fn();
  const onError = vi.fn();
  const segops = new SegOpsClient({
    ...options,
    fetch,
    onError,
    autoPageViews: true,
    respectPrivacySignals: true,
  });
  segops.track({ eventType: "cart_opened" });
  segops.identify({ userId: "ada" });
  segops.trackPageView();
  segops.setUser("bob");
  segops.reset();
  segops.optOut();
  segops.optIn();
  expect(segops.anonymousId).toMatch(/^[\da-f-]{36}$/);
  expect(await segops.flush()).toEqual({ delivered: 0, refused: 0, pending: 0 });
  expect(await segops.shutdown()).toEqual({ delivered: 0, refused: 0, pending: 0 });
  expect(fetch).not.toHaveBeenCalled();
  expect(onError.mock.calls.map(([{ message }]) => message)).toEqual(
    Array(3).fill("event must come from a page. Use @segops/node on a server"),
  );
});

it("prints one line there, however much is tracked", () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const segops = new SegOpsClient(options);
  for (let n = 0; n < 100; n++) segops.track({ eventType: "cart_opened" });
  expect(warn.mock.calls).toEqual([
    ["[segops] invalid_event: event must come from a page. Use @segops/node on a server"],
  ]);
});
