import path from "node:path";
import { ConfigurationError } from "@segops/core";
import { describe, expect, it } from "vitest";
import { resolveSpoolOptions } from "../../src/spool/spool-options";

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

  it.each([
    ["yes", 'spool must be true, false or { directory, maxBytes, sync }, but is "yes"'],
    [{ directory: "" }, 'spool.directory must be the path of a folder, but is ""'],
    [{ directory: 7 }, "spool.directory must be the path of a folder, but is 7"],
    [{ maxBytes: 10 }, "spool.maxBytes must be a whole number of bytes, at least 1000000, but is 10"],
    [{ maxBytes: "1GB" }, "spool.maxBytes must be a whole number of bytes, at least 1000000, but is 1GB"],
    [{ sync: "always" }, 'spool.sync must be "write" or "flush", but is "always"'],
  ])("says what is wrong with %j", (spool, message) => {
    const resolve = () => resolveSpoolOptions(spool as Parameters<typeof resolveSpoolOptions>[0]);
    expect(resolve).toThrow(ConfigurationError);
    expect(resolve).toThrow(message);
  });
});
