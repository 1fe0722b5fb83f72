import { afterEach, describe, expect, it, vi } from "vitest";
import { aiReferralOf } from "../src/ai-providers";
import { createPageViews, watchNavigation } from "../src/page-views";

const refer = (referrer: string) => vi.spyOn(document, "referrer", "get").mockReturnValue(referrer);
const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.restoreAllMocks();
});

describe("who sent the visitor", () => {
  it.each([
    ["https://chatgpt.com/", "chatgpt", null],
    ["https://chat.openai.com/", "chatgpt", null],
    ["https://www.perplexity.ai/", "perplexity", null],
    ["https://www.perplexity.ai/search?q=best+running+shoes", "perplexity", "best running shoes"],
    ["https://claude.ai/", "claude", null],
    ["https://claude.ai/chat/0198c2f0-1111-7222-8333-444455556666", "claude", null],
    ["https://gemini.google.com/", "gemini", null],
    ["https://gemini.google.com/app/1a2b3c", "gemini", null],
    ["https://grok.com/", "grok", null],
    ["https://x.com/i/grok?conversation=1", "grok", null],
    ["https://grok.com/?query=shoes", "grok", "shoes"],
  ])("knows %s", (referrer, source_provider, query_hint) => {
    expect(aiReferralOf(referrer)).toEqual({ source_provider, query_hint });
  });

  it.each([
    "",
    "no address",
    "https://www.google.com/search?q=chatgpt.com",
    "https://notchatgpt.com/",
    "https://chatgpt.com.example.org/",
    "https://x.com/ada/status/1",
    "https://example.org/claude.ai/",
    "https://evil.example/x.com/i/grok",
    "https://example.org/www.claude.ai/",
  ])("does not take %j for an assistant", (referrer) => {
    expect(aiReferralOf(referrer)).toBeUndefined();
  });
});

describe("a page view", () => {
  it("names the path and where the visitor came from", () => {
    refer("https://example.org/");
    const track = vi.fn();
    createPageViews(track)();
    expect(track.mock.calls).toEqual([
      [
        {
          eventType: "page_viewed",
          payload: { path: location.pathname, title: document.title, referrer: "https://example.org/" },
        },
      ],
    ]);
  });

  it("tells once of the assistant that sent the visitor", () => {
    refer("https://chatgpt.com/");
    const track = vi.fn();
    const trackPageView = createPageViews(track);
    trackPageView({ userId: "ada" });
    trackPageView({ userId: "ada" });
    expect(track.mock.calls.map(([{ eventType, userId }]) => [eventType, userId])).toEqual([
      ["page_viewed", "ada"],
      ["ai_referral_session", "ada"],
      ["page_viewed", "ada"],
    ]);
    expect(track.mock.calls[1]?.[0].payload).toEqual({
      source_provider: "chatgpt",
      query_hint: null,
      landing_url: location.href,
      referrer_url: "https://chatgpt.com/",
    });
  });
});

describe("navigation", () => {
  const watch = () => {
    const onPage = vi.fn();
    const stop = watchNavigation(onPage);
    stops.push(stop);
    return { onPage, stop };
  };

  it("is seen once for each new address, however the page gets there", () => {
    const { onPage } = watch();
    expect(onPage).toHaveBeenCalledTimes(1);
    history.pushState(null, "", "/cart");
    history.pushState(null, "", "/cart");
    history.replaceState(null, "", "/cart?step=2");
    history.replaceState({ scroll: 10 }, "", "/cart?step=2");
    expect(onPage).toHaveBeenCalledTimes(3);
    dispatchEvent(new PopStateEvent("popstate"));
    expect(onPage).toHaveBeenCalledTimes(3);
  });

  it("is left as it was when nobody watches any more", () => {
    const { pushState, replaceState } = history;
    const { onPage, stop } = watch();
    stop();
    history.pushState(null, "", "/elsewhere");
    expect(onPage).toHaveBeenCalledTimes(1);
    expect([history.pushState, history.replaceState]).toEqual([pushState, replaceState]);
  });

  it("waits for the visitor where a page is only prepared", () => {
    Object.defineProperty(document, "prerendering", { value: true, configurable: true });
    const { onPage } = watch();
    history.pushState(null, "", "/prepared");
    expect(onPage).not.toHaveBeenCalled();
    Object.defineProperty(document, "prerendering", { value: false, configurable: true });
    document.dispatchEvent(new Event("prerenderingchange"));
    expect(onPage).toHaveBeenCalledTimes(1);
  });
});
