import { ApiError } from "./errors";
import { type KeyRing, keyKind, type RegisteredKey } from "./keys";
import type { SessionTokens } from "./session-tokens";

/** Who sends events: a server with its secret key, or one visitor with a session token. */
export type Sender =
  | { keyKind: "secret"; workspace: string }
  | { keyKind: "public"; workspace: string; uid: string };

/** The kind of key that events came by: directly, or through a session. */
export type SenderKeyKind = Sender["keyKind"];

/** Checks the `Authorization` header of an ingestion call. */
export async function authenticateSender(
  header: string | undefined,
  keys: KeyRing,
  tokens: SessionTokens,
): Promise<Sender> {
  const { scheme, value } = parse(
    header,
    "Authorization: ApiKey sk_… or Authorization: Bearer <session token>",
  );
  if (scheme === "bearer") return { keyKind: "public", ...(await tokens.verify(value)) };
  const key = await findKey(scheme, value, keys);
  if (key.kind === "public") {
    throw new ApiError(
      403,
      "A public key cannot send events. Post it to /api/auth/session/ and send events with the token from there: Authorization: Bearer <token>.",
    );
  }
  if (key.kind === "mcp") throw mcpRefused();
  return { keyKind: "secret", workspace: key.workspace };
}

/** The workspace that a request's credentials belong to, where they are known at all. */
export async function workspaceOf(
  header: string | undefined,
  keys: KeyRing,
  tokens: SessionTokens,
): Promise<string | undefined> {
  const [scheme = "", value = ""] = (header ?? "").trim().split(/\s+/);
  if (scheme.toLowerCase() === "apikey") return (await keys.find(value))?.workspace;
  if (scheme.toLowerCase() !== "bearer") return undefined;
  const session = await tokens.verify(value).catch(() => undefined);
  return session?.workspace;
}

/** Checks the `Authorization` header of a call that only reads: a secret key, or the key of a connector. */
export async function authenticateReader(
  header: string | undefined,
  keys: KeyRing,
): Promise<{ workspace: string }> {
  const { scheme, value } = parse(header, "Authorization: ApiKey sk_… or ApiKey mk_…");
  const key = scheme === "apikey" ? await keys.find(value) : undefined;
  if (key?.kind === "secret" || key?.kind === "mcp") return { workspace: key.workspace };
  if (scheme === "bearer" || keyKind(value) === "public") {
    throw new ApiError(
      403,
      "A public key and its sessions cannot read what is stored. Use a secret key (sk_…), on a server.",
    );
  }
  throw unknownKey(value);
}

/** Checks the `Authorization` header of a session mint. */
export async function authenticatePublicKey(
  header: string | undefined,
  keys: KeyRing,
): Promise<RegisteredKey> {
  const { scheme, value } = parse(header, "Authorization: ApiKey pk_…");
  const key = await findKey(scheme, value, keys);
  if (key.kind === "secret") {
    throw new ApiError(
      403,
      "Sessions are minted with a public key (pk_…). A secret key sends events directly; keep it on servers.",
    );
  }
  if (key.kind === "mcp") throw mcpRefused();
  return key;
}

function parse(header: string | undefined, expected: string): { scheme: string; value: string } {
  if (header === undefined || header.trim() === "") {
    throw new ApiError(401, `Authentication credentials were not provided. Send ${expected}.`);
  }
  const match = /^(\S+)\s+(\S+)$/.exec(header.trim());
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new ApiError(401, `The Authorization header is malformed. Send ${expected}.`);
  }
  return { scheme: match[1].toLowerCase(), value: match[2] };
}

/** A key of a kind that is never allowed is named as such, known to us or not: that is the useful answer. */
async function findKey(scheme: string, value: string, keys: KeyRing): Promise<RegisteredKey> {
  if (scheme !== "apikey") {
    throw new ApiError(
      401,
      "This Authorization scheme is not known. Send `ApiKey <key>` or `Bearer <token>`.",
    );
  }
  if (keyKind(value) === "mcp") throw mcpRefused();
  const key = await keys.find(value);
  if (key === undefined) throw unknownKey(value);
  return key;
}

function unknownKey(value: string): ApiError {
  return new ApiError(
    401,
    `This ${keyKind(value) ?? "API"} key is not known to this server. Check the key, or start the server with it.`,
  );
}

function mcpRefused(): ApiError {
  return new ApiError(403, "An MCP key (mk_…) is for connectors. Send events with a secret key (sk_…).");
}
