import { createRecordingPageClient } from "@segops/testing";
import { render } from "@testing-library/react";
import { type ReactNode, useRef } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import * as segops from "../src/index";
import { Button, click, show } from "./support/show";

const {
  SegOpsProvider,
  useIdentify,
  usePageViews,
  useSegOps,
  useTrack,
  useTrackOnce,
  useTrackVisible,
  useUser,
} = segops;

let client = createRecordingPageClient();
beforeEach(() => {
  client = createRecordingPageClient();
});
const inProvider = (node: ReactNode) => <SegOpsProvider client={client}>{node}</SegOpsProvider>;
const tracked = () => client.events().map(({ eventType, payload }) => [eventType, payload]);

/** Calls a hook with each render, and remembers what it answered. */
function callsOf<Answer>(useHook: () => Answer) {
  const answers: Answer[] = [];
  function Host() {
    answers.push(useHook());
    return null;
  }
  return { answers, Host };
}

describe("outside the provider", () => {
  it.each([
    ["useSegOps", () => useSegOps()],
    ["useTrack", () => useTrack()],
    ["useIdentify", () => useIdentify()],
    ["useUser", () => useUser()],
    ["usePageViews", () => usePageViews("/")],
    ["useTrackOnce", () => useTrackOnce("seen")],
    ["useTrackVisible", () => useTrackVisible({ current: null }, "seen")],
  ])("%s says what is missing", (name, useHook) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const { Host } = callsOf<unknown>(useHook);
    expect(() => render(<Host />)).toThrow(`${name} must be used inside <SegOpsProvider>`);
  });
});

describe("what hooks answer", () => {
  it.each([
    ["useSegOps", () => useSegOps()],
    ["useTrack", () => useTrack()],
    ["useIdentify", () => useIdentify()],
    ["useUser().setUser", () => useUser().setUser],
    ["useUser().reset", () => useUser().reset],
    ["useUser().user", () => useUser().user],
  ])("%s is the same with each render", (_, useHook) => {
    client.setUser("ada");
    const { Host, answers } = callsOf<unknown>(useHook);
    const { again } = show(inProvider(<Host />));
    answers.length = 0;
    again(inProvider(<Host />));
    again(inProvider(<Host />));
    expect(answers.length).toBeGreaterThan(1);
    expect(new Set(answers).size).toBe(1);
  });
});

describe("useTrack", () => {
  it("tracks with a payload and without", () => {
    function Host() {
      const track = useTrack();
      return <Button name="go" onClick={() => [track("opened"), track("closed", { after: 3 })]} />;
    }
    show(inProvider(<Host />));
    click("go");
    expect(tracked()).toEqual([
      ["opened", {}],
      ["closed", { after: 3 }],
    ]);
  });
});

describe("useIdentify", () => {
  it("says what is known of the user", () => {
    function Host() {
      const identify = useIdentify();
      return <Button name="go" onClick={() => identify({ userId: "ada", traits: { plan: "pro" } })} />;
    }
    show(inProvider(<Host />));
    click("go");
    expect(client.users()).toMatchObject([{ userId: "ada", traits: { plan: "pro" } }]);
  });
});

describe("useUser", () => {
  it("identifies where traits are given, and sends nothing where none are", () => {
    function Host() {
      const { setUser } = useUser();
      return (
        <>
          <Button name="ada" onClick={() => setUser({ userId: "ada" })} />
          <Button name="bob" onClick={() => setUser({ userId: "bob", traits: { plan: "pro" } })} />
          <Button name="nobody" onClick={() => setUser(undefined)} />
        </>
      );
    }
    show(inProvider(<Host />));
    click("ada");
    expect([client.userId, client.users()]).toEqual(["ada", []]);
    click("bob");
    expect(client.users()).toMatchObject([{ userId: "bob", traits: { plan: "pro" } }]);
    click("nobody");
    expect(client.userId).toBeUndefined();
  });
});

describe("usePageViews", () => {
  const Page = ({ path }: { path: string | null }) => {
    usePageViews(path);
    return null;
  };

  it("tracks each new path once", () => {
    const { again } = show(inProvider(<Page path="/" />));
    again(inProvider(<Page path="/" />));
    again(inProvider(<Page path="/cart" />));
    again(inProvider(<Page path="/" />));
    expect(tracked()).toHaveLength(3);
  });

  it("waits for a router that does not know the path yet", () => {
    const { again } = show(inProvider(<Page path={null} />));
    expect(tracked()).toEqual([]);
    again(inProvider(<Page path="/" />));
    expect(tracked()).toHaveLength(1);
  });
});

describe("useTrackOnce", () => {
  it("tracks once in the life of a component, and again in the next one", () => {
    const Offer = ({ price }: { price: number }) => {
      useTrackOnce("offer_shown", { price });
      return null;
    };
    const { again } = show(inProvider(<Offer price={1} />));
    again(inProvider(<Offer price={2} />));
    again(inProvider(<Offer key="next" price={3} />));
    expect(tracked()).toEqual([
      ["offer_shown", { price: 1 }],
      ["offer_shown", { price: 3 }],
    ]);
  });
});

describe("useTrackVisible", () => {
  const views: { target?: Element; see: (isIntersecting: boolean) => void }[] = [];
  class View {
    readonly view: (typeof views)[number];
    constructor(onChange: (entries: { isIntersecting: boolean }[]) => void) {
      this.view = { see: (isIntersecting) => onChange([{ isIntersecting }]) };
    }
    observe(target: Element) {
      this.view.target = target;
      views.push(this.view);
    }
    disconnect() {
      views.splice(views.indexOf(this.view), 1);
    }
  }
  const scroll = (isIntersecting: boolean) => {
    for (const { see } of [...views]) see(isIntersecting);
  };
  beforeEach(() => {
    views.length = 0;
    vi.stubGlobal("IntersectionObserver", View);
    return () => vi.unstubAllGlobals();
  });

  function Offer({ price, isThere = true }: { price: number; isThere?: boolean }) {
    const ref = useRef<HTMLElement>(null);
    useTrackVisible(ref, "offer_seen", { price });
    return isThere ? <section ref={ref} /> : null;
  }

  it("tracks once when the element has come into view, with the payload of then", () => {
    const { again } = show(inProvider(<Offer price={1} />));
    scroll(false);
    again(inProvider(<Offer price={2} />));
    scroll(true);
    scroll(false);
    scroll(true);
    expect(tracked()).toEqual([["offer_seen", { price: 2 }]]);
  });

  it("watches one element at a time, one that comes later too, and none when it is unmounted", () => {
    const { again, unmount } = show(inProvider(<Offer price={1} isThere={false} />));
    expect(views).toHaveLength(0);
    again(inProvider(<Offer price={1} />));
    expect(views).toHaveLength(1);
    unmount();
    expect(views).toHaveLength(0);
  });

  it("does without an IntersectionObserver", () => {
    vi.stubGlobal("IntersectionObserver", undefined);
    show(inProvider(<Offer price={1} />));
    expect(tracked()).toEqual([]);
  });
});
