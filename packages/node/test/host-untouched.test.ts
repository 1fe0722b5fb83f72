import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FaultServer, startFaultServer } from "./support/fault-server";
import { runProgram } from "./support/run-program";

let server: FaultServer;
beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(() => server.close());

describe("a process that sends events", () => {
  it("has no global that it had not before, such as another dispatcher under its fetch", async () => {
    const does = `
      const before = new Set(Reflect.ownKeys(globalThis));
      trackMany(1);
      await client.flush();
      await client.shutdown();
      console.log(Reflect.ownKeys(globalThis).filter((name) => !before.has(name)).map(String));
    `;
    expect(await runProgram({ apiUrl: server.url, does })).toMatchObject({ stdout: "[]\n", stderr: "" });
    expect(server.stored).toEqual([1]);
  });
});
