// @vitest-environment happy-dom
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SegOpsClient } from "../src/browser";
import { SegOpsProvider, useSegOps, useUser } from "../src/react";
import { signUserId } from "../src/server";

const apiUrl = "https://api.segops.test";
const minted: Record<string, unknown>[] = [];
const received: Record<string, unknown>[] = [];

const server = setupServer(
  http.post(`${apiUrl}/api/auth/session/`, async ({ request }) => {
    minted.push((await request.json()) as Record<string, unknown>);
    expect(request.headers.get("authorization")).toBe("ApiKey pk_test_key");
    return HttpResponse.json({
      token: "t",
      expires_at: new Date(Date.now() + 900_000).toISOString(),
      uid: "ada",
    });
  }),
  http.post(`${apiUrl}/api/ingestion/track/batch/`, async ({ request }) => {
    const { events } = (await request.json()) as { events: Record<string, unknown>[] };
    expect(request.headers.get("authorization")).toBe("Bearer t");
    received.push(...events);
    return HttpResponse.json({ queued: events.length, skipped: 0 }, { status: 202 });
  }),
);

beforeAll(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  server.listen({ onUnhandledRequest: "error" });
});
afterEach(() => {
  minted.length = received.length = 0;
  localStorage.clear();
});
afterAll(() => server.close());

function Account() {
  const { user, setUser, reset } = useUser();
  const client = useSegOps();
  return (
    <>
      <button type="button" id="in" onClick={() => setUser({ userId: "ada" })}>
        {user?.userId ?? "nobody"}
      </button>
      <button type="button" id="out" onClick={() => reset()} />
      <button type="button" id="track" onClick={() => client.track({ eventType: "clicked" })} />
      <button type="button" id="flush" onClick={() => void client.flush()} />
    </>
  );
}

// Written from the facts of the SegOps contract, sections 1 to 4.
describe("code written for the published SDK, in a page", () => {
  it("proves who the visitor is with what the server signed", async () => {
    const { user_id, user_id_sig, user_id_ts } = await signUserId("00".repeat(32), "ada");
    const client = new SegOpsClient({
      apiUrl,
      apiKey: "pk_test_key",
      getUser: () => ({ userId: user_id, userIdSig: user_id_sig, userIdTs: user_id_ts }),
    });
    client.track({ eventType: "cart_opened" });
    await client.flush();
    expect(minted).toEqual([expect.objectContaining({ user_id: "ada", user_id_sig, user_id_ts })]);
    expect(received).toEqual([
      expect.objectContaining({
        user_id: "ada",
        event_type: "cart_opened",
        anonymous_id: client.anonymousId,
      }),
    ]);
    await client.shutdown();
  });

  it("tracks page views with the path", async () => {
    const client = new SegOpsClient({ apiUrl, apiKey: "pk_test_key" });
    client.trackPageView({ userId: "ada" });
    await client.flush();
    expect(received).toEqual([
      expect.objectContaining({
        user_id: "ada",
        event_type: "page_viewed",
        payload: expect.objectContaining({ path: location.pathname }),
      }),
    ]);
    await client.shutdown();
  });
});

describe("code written for the published SDK, in React", () => {
  it("knows the user, and forgets them at the logout", async () => {
    const container = document.createElement("div");
    document.body.append(container);
    const root = createRoot(container);
    const press = (id: string) => act(async () => container.querySelector<HTMLElement>(`#${id}`)?.click());
    await act(async () =>
      root.render(
        <SegOpsProvider apiUrl={apiUrl} apiKey="pk_test_key">
          <Account />
        </SegOpsProvider>,
      ),
    );
    await press("in");
    expect(container.textContent).toBe("ada");
    await press("track");
    await press("flush");
    await expect
      .poll(() => received)
      .toEqual([expect.objectContaining({ user_id: "ada", event_type: "clicked" })]);
    await press("out");
    expect(container.textContent).toBe("nobody");
    await act(async () => root.unmount());
  });

  it("says what is missing outside the provider", () => {
    expect(() => renderToString(<Account />)).toThrow("must be used inside <SegOpsProvider>");
  });
});
