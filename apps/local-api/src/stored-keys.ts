import { randomBytes } from "node:crypto";
import { hashOf, type KeyOptions, type RegisteredKey, register } from "./keys";
import { LOOPBACK_ORIGINS } from "./origins";
import type { Database, Transaction } from "./store/database";

/** A workspace that was made on demand, with its keys, which are told this once. */
export interface NewWorkspace {
  workspace: string;
  secretKey: string;
  publicKey: string;
}

type KeySettings = Omit<KeyOptions, "key">;

/** Makes a workspace of its own for a test, with keys that only this caller knows. */
export async function createWorkspace(database: Database, now: number, name?: string): Promise<NewWorkspace> {
  const suffix = randomBytes(12).toString("hex");
  const workspace = name ?? `test-${suffix.slice(0, 8)}`;
  const secretKey = `sk_test_${suffix}`;
  const publicKey = `pk_test_${randomBytes(12).toString("hex")}`;
  await database.transaction(async (transaction) => {
    await insert(transaction, secretKey, { workspace }, now);
    await insert(
      transaction,
      publicKey,
      { workspace, allowedOrigins: LOOPBACK_ORIGINS, allowMissingOrigin: true },
      now,
    );
  });
  return { workspace, secretKey, publicKey };
}

/** Looks a key up by its hash: the database knows no key in clear. */
export async function findStoredKey(database: Database, key: string): Promise<RegisteredKey | undefined> {
  const [row] = await database.query<{ settings: string }>(
    "SELECT settings FROM workspace_keys WHERE hash = $1",
    [hashOf(key).toString("hex")],
  );
  return row === undefined ? undefined : register({ key, ...(JSON.parse(row.settings) as KeySettings) });
}

async function insert(
  transaction: Transaction,
  key: string,
  settings: KeySettings,
  now: number,
): Promise<void> {
  await transaction.query("INSERT INTO workspace_keys (hash, created_at, settings) VALUES ($1, $2, $3)", [
    hashOf(key).toString("hex"),
    new Date(now),
    JSON.stringify(settings),
  ]);
}
