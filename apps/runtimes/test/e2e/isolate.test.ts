import { type LocalServer, startServer } from "@segops/local-api";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONDITIONS } from "../support/places/isolates";
import { environmentOf, TYPED_ISOLATE } from "../support/story";

const REQUESTS = 30;
let server: LocalServer;
let script: string;

beforeAll(async () => {
  server = await startServer({ port: 0, dataDirectory: ":memory:" });
  const { outputFiles } = await build({
    stdin: { contents: TYPED_ISOLATE, loader: "ts", resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: "esm",
    conditions: CONDITIONS,
    logLevel: "error",
  });
  script = outputFiles[0]?.text ?? "";
});
afterAll(() => server.close());

describe("one client for an isolate of workerd", () => {
  it.each([
    ["while the server answers slowly", { kind: "slow", ms: 100 }],
    ["while the server answers the first six with 503", { kind: "error", status: 503, times: 6 }],
  ] as const)("delivers the events of thirty requests at once, each once, %s", async (_, fault) => {
    const { workspace, secretKey } = await server.createWorkspace();
    server.faults.add({ ...fault, on: "ingestion", workspace });
    const isolate = new Miniflare({
      modules: true,
      script,
      compatibilityDate: "2026-04-01",
      bindings: environmentOf({ apiUrl: server.url, secretKey }),
      cf: false,
    });
    const names = Array.from({ length: REQUESTS }, (_, index) => `request_${index}`);
    try {
      await Promise.all(
        names.map(async (name) => (await isolate.dispatchFetch(`http://worker.test/${name}`)).text()),
      );
      await server.waitForCounts(({ good }) => good >= REQUESTS, { workspace, timeoutMs: 25_000 });
    } finally {
      await isolate.dispose();
    }
    const stored = (await server.events({ workspace })).map(({ event_type }) => event_type);
    expect(stored.sort()).toEqual(names.sort());
  });
});
