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

  it("has one set of listeners, whatever the number of clients, and none after their shutdown", async () => {
    const does = `
      const listeners = () =>
        ["exit", "beforeExit", "SIGTERM", "SIGINT", "SIGHUP"].map((name) => process.listenerCount(name));
      const clients = Array.from({ length: 50 }, () => newClient());
      for (const each of clients) trackMany(1, each);
      await Promise.all(clients.map((each) => each.flush()));
      const during = listeners();
      await Promise.all([client, ...clients].map((each) => each.shutdown()));
      console.log(JSON.stringify([during, listeners(), process.getActiveResourcesInfo()]));
    `;
    const { stdout, stderr } = await runProgram({ apiUrl: server.url, does });
    const [during, afterwards, resources] = JSON.parse(stdout);
    expect(stderr).toBe("");
    expect(during).toEqual([1, 1, 1, 1, 1]);
    expect(afterwards).toEqual([0, 0, 0, 0, 0]);
    expect(resources.filter((name: string) => !/Pipe|TTY/.test(name))).toEqual([]);
  });
});
