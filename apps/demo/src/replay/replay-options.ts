import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { callerFolder } from "../caller-folder";

export interface ReplayOptions {
  readonly repository: string;
  readonly apiUrl?: string;
  readonly apiKey?: string;
  readonly limit?: number;
  readonly repeat: number;
  readonly startServer?: string | true;
  readonly json?: true;
}

/** Reads the command line. Ends the process with an explanation when it is wrong. */
export function readReplayOptions(argv: readonly string[]): ReplayOptions {
  const command = new Command("replay")
    .description(
      "Sends the log of a git repository as events, then compares what was sent with what arrived.",
    )
    .argument("<repository>", "the folder of a git repository", toPath)
    .option("--api-url <url>", "the server to send to; without it, one is started for this replay")
    .option("--api-key <key>", "the secret key to send with; local-api's own key if left out")
    .option("--limit <commits>", "only the newest so many commits", toCount)
    .option("--repeat <times>", "send the whole log so many times", toCount, 1)
    .option(
      "--start-server [folder]",
      "start a server, with its data in this folder; without one, it is removed",
    )
    .option("--json", "print the report as JSON")
    .showHelpAfterError("Run with --help for the options.")
    .parse(argv);
  const options = command.opts<Omit<ReplayOptions, "repository">>();
  const { apiUrl, startServer } = options;
  if (apiUrl !== undefined && startServer !== undefined) {
    command.error("error: --api-url names a server and --start-server starts one: leave out one of them");
  }
  if (apiUrl !== undefined && !URL.canParse(apiUrl)) {
    command.error(`error: --api-url must be an address such as http://127.0.0.1:4800, but is "${apiUrl}"`);
  }
  return {
    ...options,
    repository: command.processedArgs[0] as string,
    ...(typeof startServer === "string" && { startServer: toPath(startServer) }),
  };
}

function toPath(given: string): string {
  return path.resolve(callerFolder, given);
}

function toCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("Expected a whole number of at least 1.");
  return Number(text);
}
