import { Command, InvalidArgumentError, Option } from "commander";
import { DEFAULT_PUBLIC_KEY, DEFAULT_SECRET_KEY, type KeyOptions } from "./keys";
import { DEFAULT_OPTIONS, type ServerOptions } from "./options";
import { LOOPBACK_ORIGINS } from "./origins";

interface Arguments {
  port: number;
  strictPort?: true;
  host: string;
  data: string;
  databaseUrl?: string;
  secretKey: string;
  publicKey: string;
  allowOrigin?: string[];
  hmacSecret?: string;
  requireSignedUserId?: true;
  maxBodyBytes: number;
  rateLimit: number;
  failOnBad?: true;
}

/** The command line of `segops-local`. */
export function createCommand(version: string): Command {
  return new Command("segops-local")
    .description("A SegOps server for development, demos and tests.")
    .version(version)
    .option("--port <number>", "port to listen on; 0 picks any free one", wholeNumber, DEFAULT_OPTIONS.port)
    .option("--strict-port", "fail when the port is taken, rather than choosing another")
    .option("--host <address>", "address to listen on", DEFAULT_OPTIONS.host)
    .option(
      "--data <folder>",
      'where events are kept; ":memory:" keeps nothing',
      DEFAULT_OPTIONS.dataDirectory,
    )
    .addOption(
      new Option("--database-url <url>", "a PostgreSQL database to use instead of --data").env(
        "DATABASE_URL",
      ),
    )
    .addOption(
      new Option("--secret-key <key>", "the secret key to accept (sk_…)")
        .env("SEGOPS_LOCAL_SECRET_KEY")
        .default(DEFAULT_SECRET_KEY),
    )
    .addOption(
      new Option("--public-key <key>", "the public key to accept (pk_…)")
        .env("SEGOPS_LOCAL_PUBLIC_KEY")
        .default(DEFAULT_PUBLIC_KEY),
    )
    .option(
      "--allow-origin <origin>",
      "an origin that may use the public key, besides pages on this machine; repeatable",
      (origin: string, previous: string[] = []) => [...previous, origin],
    )
    .addOption(
      new Option("--hmac-secret <hex>", "the public key's secret for signed user ids").env(
        "SEGOPS_LOCAL_HMAC_SECRET",
      ),
    )
    .option("--require-signed-user-id", "refuse sessions whose user_id is not signed")
    .option("--max-body-bytes <number>", "largest request body", wholeNumber, DEFAULT_OPTIONS.maxBodyBytes)
    .option("--rate-limit <calls>", "calls a workspace may make in a minute; 0 sets no limit", wholeNumber, 0)
    .option("--fail-on-bad", "end with exit code 2 when an event was refused since the start");
}

export function optionsFrom(command: Command): {
  options: ServerOptions & { host: string; port: number };
  keyNames: string[];
  failOnBad: boolean;
} {
  const given = command.opts<Arguments>();
  const secret: KeyOptions = { key: given.secretKey };
  const publicKey: KeyOptions = {
    key: given.publicKey,
    allowedOrigins: [...LOOPBACK_ORIGINS, ...(given.allowOrigin ?? [])],
    allowMissingOrigin: true,
    requireSignedUserId: given.requireSignedUserId ?? false,
    ...(given.hmacSecret === undefined ? {} : { hmacSecret: given.hmacSecret }),
  };
  return {
    options: {
      port: given.port,
      strictPort: given.strictPort ?? false,
      host: given.host,
      dataDirectory: given.data,
      databaseUrl: databaseUrlOf(command, given),
      keys: [secret, publicKey],
      maxBodyBytes: given.maxBodyBytes,
      callsPerMinute: given.rateLimit,
    },
    failOnBad: given.failOnBad ?? false,
    keyNames: [keyName(given.secretKey, DEFAULT_SECRET_KEY), keyName(given.publicKey, DEFAULT_PUBLIC_KEY)],
  };
}

/** What is said on the command line goes before what the environment says. */
function databaseUrlOf(command: Command, { databaseUrl = "" }: Arguments): string {
  const isFromEnvironment = command.getOptionValueSource("databaseUrl") === "env";
  const isDataGiven = command.getOptionValueSource("data") === "cli";
  return isFromEnvironment && isDataGiven ? "" : databaseUrl;
}

/** A key that everybody knows is shown; any other is named by its kind, since a console gets copied about. */
function keyName(key: string, wellKnown: string): string {
  return key === wellKnown ? key : `${key.slice(0, 3)}… (yours)`;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Expected a whole number.");
  return Number(text);
}
