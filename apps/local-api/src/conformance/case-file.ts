import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

/** What a server must have been set up with for a case to make sense. */
const need = z.enum([
  /** A public key whose allowlist holds `https://app.tenant.com` and `https://*.tenant.io`, and nothing else. */
  "allowlistKey",
  /** A public key that requires signed user ids, and its HMAC secret. */
  "signedKey",
  "mcpKey",
]);

const request = z.strictObject({
  method: z.enum(["GET", "POST", "PATCH", "DELETE", "PUT", "OPTIONS"]),
  path: z.string().startsWith("/"),
  /** A key by its role, a token that an earlier step saved (`session:<name>`), or the header as it is. */
  auth: z.string().default("none"),
  headers: z.record(z.string(), z.string()).default({}),
  /** The body as JSON, as a text, or as bytes in base64. */
  json: z.unknown().optional(),
  text: z.string().optional(),
  base64: z.string().optional(),
  gzip: z.boolean().default(false),
});

const step = z.strictObject({
  request,
  expect: z.strictObject({
    status: z.int(),
    /** What the body must have. Objects may have more; lists may not. */
    json: z.unknown().optional(),
    /** What headers must be. */
    headers: z.record(z.string(), z.string()).default({}),
    /** For effects: ask again for a while until it is so. Other servers store in the background. */
    eventually: z.boolean().default(false),
  }),
  /** Values of the answer to keep, by name: used as `${name}`, and as `session:<name>`. */
  save: z.record(z.string(), z.string()).default({}),
});

const conformanceCase = z.strictObject({
  name: z.string(),
  needs: z.array(need).default([]),
  steps: z.array(step).min(1),
});

const caseFile = z.strictObject({ promise: z.string(), cases: z.array(conformanceCase).min(1) });

export type Need = z.infer<typeof need>;
export type Step = z.infer<typeof step>;
export type ConformanceCase = z.infer<typeof conformanceCase> & { promise: string };

/** Reads every case of a folder, in the order of the files' names. */
export async function loadCases(folder: string): Promise<ConformanceCase[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const parsed = caseFile.safeParse(JSON.parse(await readFile(join(folder, name), "utf8")));
      if (!parsed.success) throw new Error(`${name} is no file of cases: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    }),
  );
  return files.flatMap(({ promise, cases }) => cases.map((each) => ({ ...each, promise })));
}
