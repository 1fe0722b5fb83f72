import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { ConformanceCase, Need, Step } from "./case-file";
import { expand, expandText, type Variables } from "./expand";
import { differences } from "./match";

/** The server to look at, and the keys it was set up with. */
export interface Subject {
  url: string;
  secretKey: string;
  publicKey: string;
  mcpKey?: string | undefined;
  /** A public key for `https://app.tenant.com` and `https://*.tenant.io` only. */
  allowlistKey?: string | undefined;
  /** A public key that requires signed user ids. */
  signedKey?: string | undefined;
  hmacSecret?: string | undefined;
  /** How long an effect may take to show. @default 10,000 */
  patienceMs?: number;
}

const ASK_AGAIN_MS = 50;

/** What the subject lacks for a case. */
export function missingFor({ needs }: ConformanceCase, subject: Subject): Need[] {
  return needs.filter((name) => subject[name] === undefined);
}

/** Plays a case. Returns what went otherwise than expected; empty when the server conforms. */
export async function runCase({ steps }: ConformanceCase, subject: Subject): Promise<string[]> {
  // Everything a case stores is under names of its own, so that it runs on a server that holds other data.
  const variables: Variables = { run: randomUUID() };
  if (subject.hmacSecret !== undefined) variables.hmacSecret = subject.hmacSecret;
  for (const [index, step] of steps.entries()) {
    const problems = await runStep(step, subject, variables);
    const { method, path } = step.request;
    if (problems.length > 0)
      return problems.map((problem) => `step ${index + 1} (${method} ${path}): ${problem}`);
  }
  return [];
}

async function runStep(step: Step, subject: Subject, variables: Variables): Promise<string[]> {
  const deadline = performance.now() + (subject.patienceMs ?? 10_000);
  for (;;) {
    const answer = await send(step, subject, variables);
    const problems = compare(step, answer, variables);
    if (problems.length === 0) {
      for (const [name, field] of Object.entries(step.save)) {
        variables[name] = String((answer.body as Record<string, unknown>)[field]);
      }
      return [];
    }
    if (!step.expect.eventually || performance.now() > deadline) return problems;
    await delay(ASK_AGAIN_MS);
  }
}

interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

async function send({ request }: Step, subject: Subject, variables: Variables): Promise<Answer> {
  const { method, path, headers, auth, gzip } = request;
  const url = subject.url.replace(/\/$/, "") + expandText(path, variables);
  const sent = new Headers();
  for (const [name, value] of Object.entries(headers)) sent.set(name, expandText(value, variables));
  const authorization = authorizationOf(auth, subject, variables);
  if (authorization !== undefined) sent.set("Authorization", authorization);
  let body = bodyOf(request, variables);
  if (body !== undefined && !sent.has("Content-Type")) sent.set("Content-Type", "application/json");
  if (body !== undefined && gzip) {
    body = gzipSync(body);
    sent.set("Content-Encoding", "gzip");
  }
  const response = await fetch(url, { method, headers: sent, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function authorizationOf(auth: string, subject: Subject, variables: Variables): string | undefined {
  const role = { secret: "secretKey", public: "publicKey" }[auth] ?? auth;
  if (auth === "none") return undefined;
  if (role in subject) return `ApiKey ${subject[role as keyof Subject]}`;
  if (auth.startsWith("session:"))
    return `Bearer ${expandText(`\${${auth.slice("session:".length)}}`, variables)}`;
  return expandText(auth, variables);
}

function bodyOf(
  { json, text, base64 }: Step["request"],
  variables: Variables,
): Uint8Array<ArrayBuffer> | undefined {
  if (json !== undefined) return new TextEncoder().encode(JSON.stringify(expand(json, variables)));
  if (text !== undefined) return new TextEncoder().encode(expandText(text, variables));
  return base64 === undefined ? undefined : new Uint8Array(Buffer.from(base64, "base64"));
}

function compare({ expect }: Step, { status, headers, body }: Answer, variables: Variables): string[] {
  if (status !== expect.status) {
    return [`expected status ${expect.status}, was ${status}: ${JSON.stringify(body)?.slice(0, 300)}`];
  }
  const wrongHeaders = Object.entries(expect.headers).flatMap(([name, value]) =>
    differences(expand(value, variables), headers.get(name), `header ${name}`),
  );
  if (expect.json === undefined) return wrongHeaders;
  return [...wrongHeaders, ...differences(expand(expect.json, variables), body)];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
