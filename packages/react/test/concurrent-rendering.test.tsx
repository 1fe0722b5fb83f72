import { createRecordingPageClient } from "@segops/testing";
import { act, render } from "@testing-library/react";
import * as React from "react";
import { Component, type ReactNode, Suspense, useEffect } from "react";
import { describe, expect, it, vi } from "vitest";
import { SegOpsProvider, usePageViews, useTrack, useTrackOnce } from "../src/index";
import { startTestServer } from "./support/server";
import { show } from "./support/show";

const server = startTestServer();
const provider = (children: ReactNode) => (
  <SegOpsProvider apiUrl={server.url} apiKey="pk_test_key">
    {children}
  </SegOpsProvider>
);

function Opened({ name = "opened" }: { name?: string }) {
  useTrackOnce(name);
  return <p>{name}</p>;
}

/** A component that suspends until it is let go. */
function suspended() {
  let go = (): void => {};
  let isReady = false;
  const waiting = new Promise<void>((resolve) => {
    go = () => {
      isReady = true;
      resolve();
    };
  });
  function Wait() {
    if (!isReady) throw waiting;
    return null;
  }
  return { Wait, go: () => act(async () => go()) };
}

describe("Suspense", () => {
  it("around the provider: what is rendered several times is tracked once, by one client", async () => {
    const { Wait, go } = suspended();
    const { unmount } = show(
      <Suspense fallback="…">
        {provider(
          <>
            <Opened />
            <Wait />
          </>,
        )}
      </Suspense>,
    );
    expect(server.requests).toEqual([]);
    await go();
    unmount();
    expect(await server.eventTypes(1)).toEqual(["opened"]);
    expect(server.requests).toEqual(["session", "batch"]);
  });

  it("that suspends again below the provider tracks nothing again", async () => {
    const client = createRecordingPageClient();
    const { Wait, go } = suspended();
    const page = (isWaiting: boolean) => (
      <SegOpsProvider client={client}>
        <Suspense fallback="…">
          <Opened />
          {isWaiting && <Wait />}
        </Suspense>
      </SegOpsProvider>
    );
    const { again } = show(page(false));
    again(page(true));
    await go();
    expect(client.events()).toHaveLength(1);
  });
});

describe("a transition that is given up", () => {
  it("tracks nothing of what was never shown", async () => {
    const client = createRecordingPageClient();
    const { Wait } = suspended();
    const page = (path: string) => (
      <SegOpsProvider client={client}>
        <Suspense fallback="…">
          <Opened key={path} name={`opened ${path}`} />
          {path === "/slow" && <Wait />}
        </Suspense>
      </SegOpsProvider>
    );
    const { rerender } = render(page("/"));
    await act(async () => React.startTransition(() => rerender(page("/slow"))));
    await act(async () => rerender(page("/fast")));
    expect(client.events().map(({ eventType }) => eventType)).toEqual(["opened /", "opened /fast"]);
  });
});

describe("an error boundary", () => {
  class Boundary extends Component<{ readonly children: ReactNode }> {
    override state = { hasFailed: false };
    static getDerivedStateFromError = () => ({ hasFailed: true });
    override render = () => (this.state.hasFailed ? <Opened name="fallback_shown" /> : this.props.children);
  }
  function Broken(): ReactNode {
    throw new Error("broken");
  }

  it("below the provider: the fallback can track, and what came before is not lost", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const page = (isBroken: boolean) =>
      provider(
        <>
          <Opened />
          <Boundary>{isBroken && <Broken />}</Boundary>
        </>,
      );
    const { again, unmount } = show(page(false));
    again(page(true));
    unmount();
    expect(await server.eventTypes(2)).toEqual(["opened", "fallback_shown"]);
  });

  it("around the provider: what was tracked before the error is sent", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    class Outer extends Boundary {
      override render = () => (this.state.hasFailed ? "sorry" : this.props.children);
    }
    const page = (isBroken: boolean) => (
      <Outer>
        {provider(
          <>
            <Opened />
            {isBroken && <Broken />}
          </>,
        )}
      </Outer>
    );
    const { again } = show(page(false));
    again(page(true));
    expect(await server.eventTypes(1)).toEqual(["opened"]);
  });
});

const { Activity } = React as { Activity?: React.FC<{ mode: "visible" | "hidden"; children: ReactNode }> };

describe.skipIf(!Activity)("a tree that is hidden and shown again", () => {
  const Tree = Activity as NonNullable<typeof Activity>;

  it("around the provider: tracks nothing twice and loses nothing", async () => {
    function Page() {
      const track = useTrack();
      useTrackOnce("opened");
      usePageViews("/");
      useEffect(() => () => track("left"), [track]);
      return null;
    }
    const page = (mode: "visible" | "hidden") => <Tree mode={mode}>{provider(<Page />)}</Tree>;
    const { rerender } = render(page("visible"));
    rerender(page("hidden"));
    expect(await server.eventTypes(3)).toEqual(["opened", "page_viewed", "left"]);
    rerender(page("visible"));
    rerender(page("hidden"));
    expect(await server.eventTypes(4)).toEqual(["opened", "page_viewed", "left", "left"]);
  });
});
