#!/usr/bin/env node
import { version } from "../package.json";
import { createCommand, optionsFrom } from "./cli-options";
import { StartError } from "./errors";
import { isLoopbackHost } from "./origins";
import { startServer } from "./server";

const command = createCommand(version);
command.action(async () => {
  const { options, keyNames } = optionsFrom(command);
  const server = await startServer(options);
  console.log(`SegOps local API listening on ${server.url}`);
  if (options.port !== 0 && options.port !== server.port) {
    console.log(`Port ${options.port} was taken, so ${server.port} was chosen.`);
  }
  console.log(`Keys: ${keyNames.join(", ")}`);
  if (!isLoopbackHost(options.host)) {
    console.warn(
      `Warning: ${options.host} can be reached from other machines. This server is for development.`,
    );
  }

  const stop = (signal: NodeJS.Signals) => {
    // A second signal, or one while the close hangs, ends the process at once.
    process.once(signal, () => process.exit(1));
    server.close().then(() => process.exit(0), fail);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
});

await command.parseAsync().catch(fail);

function fail(error: unknown): never {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}
