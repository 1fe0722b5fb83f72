#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { loadCases } from "./case-file";
import { missingFor, runCase, type Subject } from "./run-case";

const builtInCases = fileURLToPath(new URL("./conformance/", import.meta.url));

const command = new Command("segops-conformance")
  .description("Holds a SegOps server against the HTTP contract. Stores events under user ids of its own.")
  .requiredOption("--url <url>", "the server, such as http://127.0.0.1:4800")
  .requiredOption("--secret-key <key>", "a secret key (sk_…)")
  .requiredOption("--public-key <key>", "a public key (pk_…) that admits clients without an Origin")
  .option("--mcp-key <key>", "a connector's key (mk_…)")
  .option("--allowlist-key <key>", "a public key for https://app.tenant.com and https://*.tenant.io only")
  .option("--signed-key <key>", "a public key that requires signed user ids")
  .option("--hmac-secret <hex>", "the secret of --signed-key")
  .option("--cases <folder>", "cases to run", builtInCases);

command.action(async ({ cases: folder, ...subject }: Subject & { cases: string }) => {
  let failed = 0;
  let skipped = 0;
  const cases = await loadCases(folder);
  for (const each of cases) {
    const missing = missingFor(each, subject);
    const problems = missing.length > 0 ? [] : await runCase(each, subject);
    if (missing.length > 0) skipped += 1;
    if (problems.length > 0) failed += 1;
    const verdict = missing.length > 0 ? `skip (no ${missing})` : problems.length > 0 ? "FAIL" : "ok";
    console.log(`${verdict}  ${each.promise}: ${each.name}`);
    for (const problem of problems) console.log(`      ${problem}`);
  }
  console.log(`\n${cases.length - failed - skipped} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
});

await command.parseAsync();
