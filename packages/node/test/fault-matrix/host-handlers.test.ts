import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FaultServer, startFaultServer } from "../support/fault-server";
import { startProgram } from "../support/run-program";

let server: FaultServer;

beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(() => server.close());

/** The host needs longer than the flush does, and ends the process itself. */
const CLEAN_UP = `setTimeout(() => { console.log("host cleaned up"); process.exit(9); }, 500);`;
const FOR_EVER = "console.log('ready'); setTimeout(() => {}, 60_000);";

const endBySigterm = async (does: string) => {
  const { child, printed, end } = await startProgram({ apiUrl: server.url, does });
  await printed("ready");
  child.kill("SIGTERM");
  return end;
};

describe("a host's handler decides when the process ends", () => {
  const decided = { code: 9, signal: null, stdout: "ready\nhost cleaned up\n" };

  it("that was added by process.on", async () => {
    const end = await endBySigterm(
      `trackMany(10); process.on("SIGTERM", () => { ${CLEAN_UP} }); ${FOR_EVER}`,
    );
    expect(end).toMatchObject(decided);
  });

  it("that was added by process.once", async () => {
    const end = await endBySigterm(
      `trackMany(10); process.once("SIGTERM", () => { ${CLEAN_UP} }); ${FOR_EVER}`,
    );
    expect(end).toMatchObject(decided);
  });

  it("that was added by process.once before the client was made", async () => {
    const end = await endBySigterm(`
      await client.shutdown();
      process.once("SIGTERM", () => { ${CLEAN_UP} });
      trackMany(10, newClient());
      ${FOR_EVER}`);
    expect(end).toMatchObject(decided);
  });
});
