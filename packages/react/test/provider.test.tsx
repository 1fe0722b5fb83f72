import { createRecordingPageClient } from "@segops/testing";
import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { type ReactClient, SegOpsProvider, useSegOps, useTrack, useUser } from "../src/index";
import { startTestServer } from "./support/server";
import { Button, click, show } from "./support/show";

const server = startTestServer();

function Buy() {
  const track = useTrack();
  const { user } = useUser();
  const client = useSegOps();
  return (
    <>
      <Button name="buy" onClick={() => track("order_placed")} />
      <Button name="flush" onClick={client.flush} />
      <p>{user?.userId ?? "nobody"}</p>
    </>
  );
}

const provider = (options: Partial<Parameters<typeof SegOpsProvider>[0]> = {}) => (
  <SegOpsProvider apiUrl={server.url} apiKey="pk_test_key" {...(options as object)}>
    <Buy />
  </SegOpsProvider>
);

describe("rendering again", () => {
  it("with equal options makes no other client", async () => {
    const { again, unmount } = show(provider({ getUser: () => undefined, batchSize: 5 }));
    click("buy");
    again(provider({ getUser: () => undefined, batchSize: 5 }));
    click("buy");
    unmount();
    await server.eventTypes(2);
    expect(server.requests).toEqual(["session", "batch"]);
  });

  it("with new functions calls the new ones", async () => {
    const calls: string[] = [];
    const render = (name: string) =>
      provider({
        getUser: () => {
          calls.push(`getUser ${name}`);
          return { userId: name };
        },
        beforeSend: (event) => {
          calls.push(`beforeSend ${name}`);
          return event;
        },
      });
    const { again, unmount } = show(render("ada"));
    again(render("bob"));
    calls.length = 0;
    click("buy");
    unmount();
    await server.eventTypes(1);
    expect(new Set(calls)).toEqual(new Set(["beforeSend bob", "getUser bob"]));
  });

  it("keeps calling a function that is not given any more", async () => {
    const beforeSend = vi.fn((event) => event);
    const { again, unmount } = show(provider({ beforeSend }));
    again(provider());
    click("buy");
    unmount();
    expect(await server.eventTypes(1)).toEqual(["order_placed"]);
    expect(beforeSend).toHaveBeenCalledOnce();
  });

  it("with another key sends what was tracked under the old one, and what follows under the new one", async () => {
    const { again, unmount } = show(provider());
    click("buy");
    again(provider({ apiKey: "pk_test_other" }));
    click("buy");
    unmount();
    expect(await server.eventTypes(2)).toEqual(["order_placed", "order_placed"]);
    expect(server.keys.sort()).toEqual(["ApiKey pk_test_key", "ApiKey pk_test_other"]);
  });
});

describe("the user", () => {
  it("is shown when getUser has answered late", async () => {
    show(provider({ getUser: async () => ({ userId: "ada" }) }));
    expect(await screen.findByText("ada")).toBeTruthy();
  });
});

describe("a client of the host's", () => {
  it("gets what is tracked, and is flushed but not shut down when the provider is unmounted", async () => {
    const client = createRecordingPageClient();
    const flush = vi.spyOn(client, "flush");
    const shutdown = vi.spyOn(client, "shutdown");
    const { unmount } = show(provider({ client }));
    click("buy");
    unmount();
    await vi.waitFor(() => expect(flush).toHaveBeenCalled());
    expect(client.events().map(({ eventType }) => eventType)).toEqual(["order_placed"]);
    expect(shutdown).not.toHaveBeenCalled();
  });

  it("may be an object of a class", () => {
    class Counter implements ReactClient {
      readonly tracked: string[] = [];
      track({ eventType }: { readonly eventType: string }) {
        this.tracked.push(eventType);
      }
      identify() {}
      subscribe = () => () => {};
      flush = async () => ({ delivered: 0, refused: 0, pending: 0 });
    }
    const client = new Counter();
    show(provider({ client }));
    click("buy");
    expect(client.tracked).toEqual(["order_placed"]);
  });

  it("shows the user whom other code identifies", () => {
    const client = createRecordingPageClient();
    show(provider({ client }));
    client.identify({ userId: "ada" });
    return screen.findByText("ada");
  });
});

describe("a wrong option", () => {
  it("leaves the page alone and is reported once", () => {
    const onError = vi.fn();
    show(provider({ apiKey: "sk_live_secret", onError }));
    click("buy");
    click("buy");
    expect(onError).toHaveBeenCalledOnce();
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ name: "ConfigurationError" });
  });

  it("goes to the console without onError", () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    show(provider({ apiKey: "sk_live_secret" }));
    expect(error).toHaveBeenCalledOnce();
  });
});
