import { createRecordingPageClient } from "@segops/testing";
import { screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, it, vi } from "vitest";
import { SegOpsProvider, useTrack } from "../../src/index";
import { SegOpsInspector } from "../../src/inspector/index";
import { startTestServer } from "../support/server";
import { Button, click, show } from "../support/show";

const server = startTestServer();

function Buy() {
  const track = useTrack();
  return <Button name="buy" onClick={() => track("order_placed", { total: 42 })} />;
}

/** What is in the panel's shadow root. */
function panel() {
  const { shadowRoot } = document.querySelector("[data-segops-inspector]") as Element;
  return within(shadowRoot?.querySelector("section") as HTMLElement);
}

describe("the inspector, in StrictMode", () => {
  it("follows an event of a client that the provider made", async () => {
    show(
      <SegOpsProvider apiUrl={server.url} apiKey="pk_test_key" flushInterval={10}>
        <Buy />
        <SegOpsInspector defaultOpen />
      </SegOpsProvider>,
    );
    click("buy");
    await panel().findByText("order_placed");
    await panel().findByText("Delivered", { selector: ".pill" });
    expect(server.requests).toEqual(["session", "batch"]);
  });

  it("tells the token's age, though it came while the token was being minted", async () => {
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const slowFetch = vi.fn<typeof fetch>(async (...request) => {
      await answered;
      return fetch(...request);
    });
    const shop = (inspector?: ReactNode) => (
      <SegOpsProvider apiUrl={server.url} apiKey="pk_test_key" flushInterval={10} fetch={slowFetch}>
        <Buy />
        {inspector}
      </SegOpsProvider>
    );
    const { again } = show(shop());
    click("buy");
    await vi.waitFor(() => expect(slowFetch).toHaveBeenCalled());
    again(shop(<SegOpsInspector defaultOpen />));
    await panel().findByText("none yet: the next event asks for one");
    answer();
    await panel().findByText(/\d+ s old/);
  });

  it.each([503, 0])("takes no request that ended with %s for a token", async (responseStatus) => {
    const failed = {
      name: `${server.url}/api/auth/session/`,
      responseStatus,
      responseEnd: performance.now(),
    } as PerformanceResourceTiming;
    vi.spyOn(performance, "getEntriesByType").mockReturnValue([failed]);
    show(
      <SegOpsProvider apiUrl={server.url} apiKey="pk_test_key">
        <SegOpsInspector defaultOpen />
      </SegOpsProvider>,
    );
    await panel().findByText("none yet: the next event asks for one");
  });

  it("shows what any other client says, which it cannot hold back", async () => {
    show(
      <SegOpsProvider client={createRecordingPageClient()}>
        <Buy />
        <SegOpsInspector defaultOpen />
      </SegOpsProvider>,
    );
    click("buy");
    await panel().findByText("order_placed");
    expect(panel().getByRole("switch")).toHaveProperty("disabled", true);
  });

  it("leaves nothing behind when it is unmounted", () => {
    const { unmount } = show(
      <SegOpsProvider client={createRecordingPageClient()}>
        <SegOpsInspector />
      </SegOpsProvider>,
    );
    unmount();
    expect(document.querySelector("[data-segops-inspector]")).toBeNull();
    expect(screen.queryByText("SegOps")).toBeNull();
  });
});
