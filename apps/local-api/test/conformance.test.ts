import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCases } from "../src/conformance/case-file";
import { runCase, type Subject } from "../src/conformance/run-case";
import { type LocalServer, startServer } from "../src/index";
import { DATABASES, sharedDatabase } from "./support/databases";

const cases = await loadCases(fileURLToPath(new URL("../conformance/", import.meta.url)));
const hmacSecret = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const keys = {
  secretKey: "sk_test_local",
  publicKey: "pk_test_local",
  mcpKey: "mk_test_local",
  allowlistKey: "pk_test_allowlist",
  signedKey: "pk_test_signed",
};

describe.each(DATABASES)("the server on %s keeps the HTTP contract", (kind) => {
  let server: LocalServer;
  let subject: Subject;

  beforeAll(async () => {
    server = await startServer({
      port: 0,
      ...(await sharedDatabase(kind)),
      keys: [
        { key: keys.secretKey },
        { key: keys.publicKey },
        { key: keys.mcpKey },
        { key: keys.allowlistKey, allowedOrigins: ["https://app.tenant.com", "https://*.tenant.io"] },
        { key: keys.signedKey, requireSignedUserId: true, hmacSecret },
      ],
    });
    subject = { url: server.url, ...keys, hmacSecret };
  });
  afterAll(() => server.close());

  test.each(cases.map((each) => [each.promise, each.name, each] as const))("%s %s", async (_, __, each) => {
    expect(await runCase(each, subject)).toEqual([]);
  });
});
