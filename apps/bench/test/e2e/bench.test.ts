import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const run = promisify(execFile);

// What the figures are is for people to judge: a test machine is no place to measure time.
test("measures and reports, with every event accounted for", async () => {
  const args = [main, "--only", "throughput,import", "--events", "2000", "--json"];
  const { stdout } = await run(process.execPath, args);
  const { environment, figures } = JSON.parse(stdout);
  expect(environment).toMatchObject({ node: process.version, cores: expect.any(Number) });
  expect(figures).toHaveLength(3);
  for (const { client, baseline, ratio, verdict } of figures) {
    expect(Math.min(client, baseline, ratio)).toBeGreaterThan(0);
    expect(verdict).toMatch(/^(within|outside) target$/);
  }
}, 120_000);
