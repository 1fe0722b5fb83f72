import { afterEach, describe, expect, it, vi } from "vitest";
import { ConfigurationError, type NodeClientOptions, SegOpsClient } from "../src/index";

const right = { apiUrl: "http://127.0.0.1:9", apiKey: "sk_test_key" };

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("a client is configured", () => {
  it("from the environment, when nothing else is said", async () => {
    vi.stubEnv("SEGOPS_API_URL", right.apiUrl);
    vi.stubEnv("SEGOPS_SECRET_KEY", right.apiKey);
    await new SegOpsClient().shutdown();
  });

  it("although the secret was read from a file with its line's end", async () => {
    const fetch = vi.fn(async (..._request: unknown[]) => new Response("{}", { status: 202 }));
    vi.stubEnv("SEGOPS_SECRET_KEY", `${right.apiKey}\n`);
    const client = new SegOpsClient({ apiUrl: ` ${right.apiUrl}\n`, fetch: fetch as never });
    client.track({ userId: "ada", eventType: "a" });
    await client.shutdown();
    expect(fetch.mock.calls).toEqual([
      [
        `${right.apiUrl}/api/ingestion/track/batch/`,
        expect.objectContaining({
          headers: expect.objectContaining({ authorization: `ApiKey ${right.apiKey}` }),
        }),
      ],
    ]);
  });

  it.each<[string, NodeClientOptions, string, RegExp]>([
    [
      "apiUrl",
      { apiKey: right.apiKey },
      "apiUrl",
      /is missing. Pass it to SegOpsClient, or set SEGOPS_API_URL/,
    ],
    ["apiKey", { apiUrl: right.apiUrl }, "apiKey", /set SEGOPS_SECRET_KEY/],
    ["no options but null", null as never, "options", /must be an object/],
    ["a URL object", { ...right, apiUrl: new URL(right.apiUrl) as never }, "apiUrl", /must be an http/],
    ["an unusable compress", { ...right, compress: 1 as never }, "compress", /must be a boolean/],
    ["an unusable fetch", { ...right, fetch: "node-fetch" as never }, "fetch", /must be a function/],
    ["an MCP key", { ...right, apiKey: "mk_1" }, "apiKey", /connectors/],
  ])("or says what is missing or wrong: %s", (_, options, option, message) => {
    vi.stubEnv("SEGOPS_API_URL", "");
    vi.stubEnv("SEGOPS_SECRET_KEY", "");
    const construct = () => new SegOpsClient(options);
    expect(construct).toThrow(ConfigurationError);
    expect(construct).toThrow(expect.objectContaining({ option, message: expect.stringMatching(message) }));
  });

  it("warns of a public key on a server", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    await new SegOpsClient({ ...right, apiKey: "pk_test_key" }).shutdown();
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("use a secret key (sk_…)"));
  });
});

describe("a client leaves its host alone", () => {
  it("takes its listeners away when the last client is shut down", async () => {
    const counts = () =>
      ["beforeExit", "exit", "newListener", "SIGTERM", "SIGINT", "SIGHUP"].map((name) =>
        process.listenerCount(name),
      );
    const before = counts();
    const clients = Array.from({ length: 20 }, () => new SegOpsClient(right));
    const during = counts();
    await Promise.all(clients.map((client) => client.shutdown()));
    expect(during.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 2, 1, 1, 1, 1]);
    expect(counts()).toEqual(before);
  });

  it("works with its methods taken off it", async () => {
    const { track, identify, flush, shutdown, subscribe } = new SegOpsClient({
      ...right,
      maxRetries: 0,
      onError: () => {},
    });
    subscribe(() => {});
    track({ userId: "ada", eventType: "a" });
    identify({ userId: "ada", traits: { plan: "pro" } });
    expect(await flush()).toEqual({ delivered: 0, refused: 0, pending: 2 });
    await shutdown({ timeoutMs: 0 });
  });
});
