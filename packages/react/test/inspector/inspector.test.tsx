import { createRecordingPageClient } from "@segops/testing";
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
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
