import os from "node:os";
import path from "node:path";
import { ConfigurationError } from "@segops/core";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { resolveSpoolOptions } from "../../src/spool/spool-options";

const circular: Record<string, unknown> = {};
circular.self = circular;

describe("the spool option", () => {
  it("is off unless it is asked for", () => {
    expect([resolveSpoolOptions(undefined), resolveSpoolOptions(false)]).toEqual([undefined, undefined]);
  });

  it("has defaults: where programs keep their state, 1 GB, safe from the end of the process", () => {
    expect(resolveSpoolOptions(true, { XDG_STATE_HOME: path.resolve("/state") })).toEqual({
      directory: path.resolve("/state/segops/spool"),
      maxBytes: 1_000_000_000,
      sync: "write",
    });
    const ofService = resolveSpoolOptions({}, { STATE_DIRECTORY: path.resolve("/var/lib/shop") });
    expect(ofService?.directory).toBe(path.resolve("/var/lib/shop/segops/spool"));
    expect(path.isAbsolute(resolveSpoolOptions(true, {})?.directory ?? "")).toBe(true);
  });

  it("does not move when the program changes its working directory", () => {
    expect(resolveSpoolOptions({ directory: "spool" })?.directory).toBe(path.resolve("spool"));
  });

  it("asks for a directory where the user has no home", () => {
    vi.spyOn(os, "homedir").mockImplementation(() => {
      throw new Error("A system error occurred: uv_os_homedir returned ENOENT (no such file or directory)");
    });
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    expect(() => resolveSpoolOptions(true, {})).toThrow(ConfigurationError);
    expect(() => resolveSpoolOptions(true, {})).toThrow(
      "spool.directory must be named: there is no home directory to keep the spool in (A system error occurred: uv_os_homedir returned ENOENT (no such file or directory))",
    );
    expect(resolveSpoolOptions({ directory: "spool" }, {})?.directory).toBe(path.resolve("spool"));
  });

  it.each([
    [5n, "spool must be true, false or { directory, maxBytes, sync }, but is 5n"],
    [{ directory: 5n }, "spool.directory must be the path of a folder, but is 5n"],
    [
      { directory: circular },
      "spool.directory must be the path of a folder, but is <ref *1> { self: [Circular *1] }",
    ],
    [
      { maxBytes: Object.create(null) },
      "spool.maxBytes must be a whole number of bytes, at least 1000000, but is [Object: null prototype] {}",
    ],
    [{ sync: 5n }, 'spool.sync must be "write" or "flush", but is 5n'],
  ])("says what is wrong with what JSON cannot hold", (spool, message) => {
    const resolve = () => resolveSpoolOptions(spool as Parameters<typeof resolveSpoolOptions>[0]);
    expect(resolve).toThrow(ConfigurationError);
    expect(resolve).toThrow(message);
  });

  it.each([
    ["yes", 'spool must be true, false or { directory, maxBytes, sync }, but is "yes"'],
    [{ directory: "" }, 'spool.directory must be the path of a folder, but is ""'],
    [{ directory: 7 }, "spool.directory must be the path of a folder, but is 7"],
    [{ maxBytes: 10 }, "spool.maxBytes must be a whole number of bytes, at least 1000000, but is 10"],
    [{ maxBytes: "1GB" }, 'spool.maxBytes must be a whole number of bytes, at least 1000000, but is "1GB"'],
    [{ sync: "always" }, 'spool.sync must be "write" or "flush", but is "always"'],
  ])("says what is wrong with %j", (spool, message) => {
    const resolve = () => resolveSpoolOptions(spool as Parameters<typeof resolveSpoolOptions>[0]);
    expect(resolve).toThrow(ConfigurationError);
    expect(resolve).toThrow(message);
  });
});
