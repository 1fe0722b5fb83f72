#!/usr/bin/env node
import { version } from "../package.json";
import { createCommand, optionsFrom } from "./cli-options";
import { StartError } from "./errors";
import { BAD_EVENTS_EXIT_CODE, badEventsSince } from "./fail-on-bad";
import { isLoopbackHost } from "./origins";
import { type LocalServer, startServer } from "./server";

const command = createCommand(version);
command.action(async () => {
  const { options, keyNames, failOnBad } = optionsFrom(command);
  const server = await startServer(options);
  const badBefore = (await server.counts()).bad;
  console.log(`SegOps local API listening on ${server.url}`);
  if (options.port !== 0 && options.port !== server.port) {
    console.log(`Port ${options.port} was taken, so ${server.port} was chosen.`);
  }
  console.log(`Keys: ${keyNames.join(", ")}`);
  if (!isLoopbackHost(options.host)) {
    console.warn(
      `Warning: ${options.host} can be reached from other machines, and what they send is not encrypted: put a proxy with TLS before it.`,
    );
  }

  const stop = (signal: NodeJS.Signals) => {
    // A second signal, or one while the close hangs, ends the process at once.
    process.once(signal, () => process.exit(1));
    end(server, failOnBad ? badBefore : undefined).then((code) => process.exit(code), fail);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
});

await command.parseAsync().catch(fail);

/** Closes the server. Returns the exit code, which tells of bad events where that was asked for. */
async function end(server: LocalServer, badBefore: number | undefined): Promise<number> {
  const report = badBefore === undefined ? [] : await badEventsSince(server, badBefore);
  for (const line of report) console.error(line);
  await server.close();
  return report.length === 0 ? 0 : BAD_EVENTS_EXIT_CODE;
}

function fail(error: unknown): never {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}
