// @vitest-environment node
import { Writable } from "node:stream";
import { StrictMode, Suspense, useRef } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  SegOpsProvider,
  useIdentify,
  usePageViews,
  useSegOps,
  useTrack,
  useTrackOnce,
  useTrackVisible,
  useUser,
} from "../src/index";
import { SegOpsInspector } from "../src/inspector/index";

function Page() {
  const ref = useRef(null);
  const { user } = useUser();
  useTrack();
  useIdentify();
  usePageViews("/");
  useTrackOnce("opened");
  useTrackVisible(ref, "seen");
  const client = useSegOps();
  // A mistake that must not harm: rendering is not the time to track.
  client.track({ eventType: "rendered" });
  return <main ref={ref}>{user?.userId ?? client.anonymousId ?? "nobody"}</main>;
}

const page = (
  <StrictMode>
    <SegOpsProvider apiUrl="https://api.segops.test" apiKey="pk_test_key" autoPageViews>
      <Suspense fallback="…">
        <Page />
      </Suspense>
      <SegOpsInspector defaultOpen />
    </SegOpsProvider>
  </StrictMode>
);

function streamed(): Promise<string> {
  return new Promise((resolve, reject) => {
    let html = "";
    const out = new Writable({
      write(chunk, _, done) {
        html += chunk;
        done();
      },
      final(done) {
        resolve(html);
        done();
      },
    });
    const { pipe } = renderToPipeableStream(page, { onAllReady: () => pipe(out), onError: reject });
  });
}

describe.each([
  ["renderToString", async () => renderToString(page)],
  ["renderToPipeableStream", streamed],
])("%s", (_, renderPage) => {
  const used: string[] = [];
  beforeEach(() => {
    used.length = 0;
    for (const name of ["fetch", "setInterval"] as const)
      vi.spyOn(globalThis, name).mockImplementation((): never => {
        throw new Error(`${name} on the server`);
      });
    for (const name of ["error", "warn"] as const)
      vi.spyOn(console, name).mockImplementation((...line) => void used.push(String(line)));
  });
  afterEach(() => vi.restoreAllMocks());

  it("renders without a page, and nobody is known", async () => {
    expect(typeof window).toBe("undefined");
    expect(await renderPage()).toContain("<main>nobody</main>");
  });

  it("warns of nothing, asks for nothing, and leaves nothing that keeps the process alive", async () => {
    const setTimeout = vi.spyOn(globalThis, "setTimeout");
    await renderPage();
    expect(used).toEqual([]);
    const own = setTimeout.mock.calls.filter(([task]) => !/react|performWork|abort/i.test(String(task)));
    expect(own).toEqual([]);
  });

  it("has nothing of the inspector in it", async () => {
    expect(await renderPage()).not.toMatch(/inspector|style/i);
  });
});
