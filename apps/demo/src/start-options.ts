import path from "node:path";
import { fileURLToPath } from "node:url";
import { DEFAULT_OPTIONS } from "@segops/local-api";
import { Command, InvalidArgumentError } from "commander";
import { callerFolder } from "./caller-folder";

export interface StartOptions {
  readonly port: number;
  readonly shopPort: number;
  readonly data: string;
  /** Visits a second. */
  readonly visitors?: number;
}

const DEFAULT_SHOP_PORT = 4801;
const DEFAULT_VISITS_PER_SECOND = 2;
const MAX_VISITS_PER_SECOND = 200;
/** From the built file: dist/main.js. */
const defaultData = fileURLToPath(new URL("../.data/shop", import.meta.url));

/** Reads the command line. Ends the process with an explanation when it is wrong. */
export function readStartOptions(argv: readonly string[]): StartOptions {
  const command = new Command("demo")
    .description("Starts a SegOps server and a small shop whose backend reports to it.")
    .option(
      "--port <number>",
      "the SegOps server's port, or another when it is taken",
      toPort,
      DEFAULT_OPTIONS.port,
    )
    .option("--shop-port <number>", "the shop's port, or another when it is taken", toPort, DEFAULT_SHOP_PORT)
    .option("--data <folder>", "where events are kept", (folder) => path.resolve(callerFolder, folder))
    .option("--visitors [per-second]", "let made-up visitors sign up and order", toRate)
    .showHelpAfterError("Run with --help for the options.")
    .parse(argv);
  const {
    data = defaultData,
    visitors,
    ...options
  } = command.opts<Omit<StartOptions, "data" | "visitors"> & { data?: string; visitors?: number | true }>();
  const rate = visitors === true ? DEFAULT_VISITS_PER_SECOND : visitors;
  return { ...options, data, ...(rate !== undefined && { visitors: rate }) };
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("Expected a port: 0 to 65535.");
  return port;
}

function toRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0 && rate <= MAX_VISITS_PER_SECOND)) {
    throw new InvalidArgumentError(
      `Expected visits a second: more than 0, at most ${MAX_VISITS_PER_SECOND}.`,
    );
  }
  return rate;
}
