import { describe, expect, it } from "vitest";
import { type ClientOptions, ConfigurationError, createClient } from "../src/index";
import { createTestRuntime } from "../src/testing/index";

const right: ClientOptions = { apiUrl: "https://api.segops.test", apiKey: "sk_test_key" };
const construct = (options: unknown) => createClient(options as ClientOptions, createTestRuntime());
const errorOf = (options: unknown): ConfigurationError => {
  try {
    construct(options);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error("took the options");
};

describe("a wrong option is said at the developer's desk, with what to do", () => {
  it.each<[string, object, string, RegExp]>([
    ["no apiUrl", { apiUrl: undefined }, "apiUrl", /must be an http\(s\) address such as https:.*undefined/],
    ["an apiUrl that is no URL", { apiUrl: "api.segops.ai" }, "apiUrl", /"api.segops.ai"/],
    ["an apiUrl of another scheme", { apiUrl: "ftp://segops.ai" }, "apiUrl", /http\(s\)/],
    ["an apiUrl with a query", { apiUrl: "https://a.test/?x=1" }, "apiUrl", /without user, query/],
    ["plain http", { apiUrl: "http://api.segops.ai" }, "apiUrl", /Use https, or set allowInsecure/],
    [
      "plain http to a look-alike of this machine",
      { apiUrl: "http://localhost.evil.com" },
      "apiUrl",
      /plain http/,
    ],
    ["no key", { apiKey: undefined }, "apiKey", /missing/],
    ["an empty key", { apiKey: "" }, "apiKey", /missing/],
    ["an MCP key", { apiKey: "mk_live_1" }, "apiKey", /connectors: use a secret key \(sk_…\) on a server/],
    ["a key of another kind", { apiKey: "hello" }, "apiKey", /neither/],
    ["a key that would break a header", { apiKey: "sk_a\r\nx: y" }, "apiKey", /neither/],
    ["a negative batchSize", { batchSize: -1 }, "batchSize", /at least 1, but is -1/],
    ["a batchSize of zero", { batchSize: 0 }, "batchSize", /at least 1, but is 0/],
    ["a batchSize in words", { batchSize: "20" }, "batchSize", /must be a number.*"20"/],
    ["an interval that is NaN", { flushInterval: Number.NaN }, "flushInterval", /NaN/],
    ["negative retries", { maxRetries: -1 }, "maxRetries", /at least 0/],
    ["an onError that is no function", { onError: "log" }, "onError", /must be a function/],
    ["a strict that is no flag", { strict: "yes" }, "strict", /must be a boolean/],
    ["a logger without methods", { logger: {} }, "logger", /debug, warn and error/],
  ])("%s", (_, options, option, message) => {
    const error = errorOf({ ...right, ...options });
    expect(error).toMatchObject({ name: "ConfigurationError", code: "invalid_option", option });
    expect(error.message).toMatch(message);
    expect(error.message.startsWith(`${option} `)).toBe(true);
  });

  it.each([undefined, null, "https://api.segops.ai"])("no options at all: %j", (options) => {
    expect(errorOf(options).option).toBe("options");
  });

  it("without repeating a key or a password", () => {
    expect(errorOf({ ...right, apiKey: "mk_live_hunter2" }).message).not.toContain("hunter2");
    expect(errorOf({ ...right, apiUrl: "https://ada:hunter2@api.segops.ai" }).message).not.toContain(
      "hunter2",
    );
  });
});

describe("what is right is taken", () => {
  it.each([
    "https://api.segops.ai/",
    "https://shop.test:8443/segops",
    "http://localhost:4800",
    "http://127.0.0.1:4800",
    "http://[::1]:4800",
    "http://segops.localhost",
  ])("%s", (apiUrl) => {
    expect(() => construct({ ...right, apiUrl })).not.toThrow();
  });

  it("plain http elsewhere, when it is allowed", () => {
    expect(() => construct({ ...right, apiUrl: "http://10.0.0.1", allowInsecure: true })).not.toThrow();
  });

  it("zero, where zero means something", async () => {
    const runtime = createTestRuntime();
    const client = createClient({ ...right, maxRetries: 0, flushInterval: 0, onError: () => {} }, runtime);
    runtime.transport.fallback(503);
    client.track({ userId: "ada", eventType: "a" });
    expect(await client.flush()).toMatchObject({ pending: 1 });
    expect(runtime.transport.requests).toHaveLength(1);
  });

  it("a trailing slash and a path before ours", async () => {
    const runtime = createTestRuntime();
    const client = createClient({ ...right, apiUrl: "https://shop.test/segops//" }, runtime);
    client.track({ userId: "ada", eventType: "a" });
    await client.flush();
    expect(runtime.transport.requests[0]?.url).toBe("https://shop.test/segops/api/ingestion/track/batch/");
  });
});
