import { bundle } from "./bundle";

let path: Promise<string> | undefined;

/** The client as one file: what a program of a test requires. */
export function sdkBundle(): Promise<string> {
  path ??= bundle(new URL("../../src/index.ts", import.meta.url), "sdk.cjs");
  return path;
}
