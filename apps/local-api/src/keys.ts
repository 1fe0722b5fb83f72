import { createHash, timingSafeEqual } from "node:crypto";
import { StartError } from "./errors";
import { LOOPBACK_ORIGINS } from "./origins";

export type KeyKind = "secret" | "public" | "mcp";

/** One key, as it is given to the server. Its prefix says what it may do. */
export interface KeyOptions {
  /** `sk_…` for servers, `pk_…` for browsers and apps. */
  key: string;
  /** The workspace whose events the key writes. @default "local" */
  workspace?: string;
  /** Public keys: the origins that may use it: `https://app.tenant.com`, `https://*.tenant.com`, `http://localhost:*`. */
  allowedOrigins?: readonly string[];
  /** Public keys: admit clients that send no `Origin`. @default true when `allowedOrigins` is empty */
  allowMissingOrigin?: boolean;
  /** Public keys: a `user_id` must come with a signature. @default false */
  requireSignedUserId?: boolean;
  /** Public keys: the hex secret that signatures are made with. */
  hmacSecret?: string;
}

/** A key as the server keeps it: the text is gone, its SHA-256 stays. */
export interface RegisteredKey {
  kind: KeyKind;
  workspace: string;
  allowedOrigins: readonly string[];
  allowMissingOrigin: boolean;
  requireSignedUserId: boolean;
  hmacSecret: Buffer | undefined;
}

export const DEFAULT_SECRET_KEY = "sk_test_local";
export const DEFAULT_PUBLIC_KEY = "pk_test_local";

/** The well-known keys for local development. The public one admits any page served from this machine. */
export const DEFAULT_KEYS: readonly KeyOptions[] = [
  { key: DEFAULT_SECRET_KEY },
  { key: DEFAULT_PUBLIC_KEY, allowedOrigins: LOOPBACK_ORIGINS, allowMissingOrigin: true },
];

const KIND_BY_PREFIX: Record<string, KeyKind> = { sk_: "secret", pk_: "public", mk_: "mcp" };

export function keyKind(key: string): KeyKind | undefined {
  return KIND_BY_PREFIX[key.slice(0, 3)];
}

/** The keys a server accepts: those it was started with, and those that were made since. */
export class KeyRing {
  readonly #entries: { hash: Buffer; registered: RegisteredKey }[];
  readonly #findStored: (key: string) => Promise<RegisteredKey | undefined>;

  constructor(
    keys: readonly KeyOptions[],
    findStored: (key: string) => Promise<RegisteredKey | undefined> = async () => undefined,
  ) {
    this.#entries = keys.map((options) => ({ hash: hashOf(options.key), registered: register(options) }));
    this.#findStored = findStored;
  }

  /** The keys of the start, without their text. */
  get given(): RegisteredKey[] {
    return this.#entries.map(({ registered }) => registered);
  }

  async find(key: string): Promise<RegisteredKey | undefined> {
    return this.findGiven(key) ?? this.#findStored(key);
  }

  /** Looks at every key of the start, whichever matches, so that the time taken says nothing about a key. */
  findGiven(key: string): RegisteredKey | undefined {
    const hash = hashOf(key);
    let found: RegisteredKey | undefined;
    for (const entry of this.#entries) {
      if (timingSafeEqual(entry.hash, hash)) found = entry.registered;
    }
    return found;
  }
}

export function register(options: KeyOptions): RegisteredKey {
  const kind = keyKind(options.key);
  if (kind === undefined || options.key.length < 4) {
    throw new StartError(
      "A key must begin with sk_ (servers) or pk_ (browsers). One of the given keys does not.",
    );
  }
  const secret = options.hmacSecret;
  if (secret !== undefined && !/^([0-9a-f]{2})+$/i.test(secret)) {
    throw new StartError("hmacSecret must be hexadecimal with an even number of digits.");
  }
  if (options.requireSignedUserId && secret === undefined) {
    throw new StartError(
      "requireSignedUserId needs hmacSecret, the hex secret that your backend signs with.",
    );
  }
  const allowedOrigins = options.allowedOrigins ?? [];
  return {
    kind,
    workspace: options.workspace ?? "local",
    allowedOrigins,
    allowMissingOrigin: options.allowMissingOrigin ?? allowedOrigins.length === 0,
    requireSignedUserId: options.requireSignedUserId ?? false,
    hmacSecret: secret === undefined ? undefined : Buffer.from(secret, "hex"),
  };
}

export function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
