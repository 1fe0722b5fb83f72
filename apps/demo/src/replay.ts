import { StartError } from "@segops/local-api";
import { ConfigurationError } from "@segops/node";
import { GitError } from "./replay/git-log";
import { readReplayOptions } from "./replay/replay-options";
import { formatReport, judge } from "./replay/replay-report";
import { runReplay } from "./replay/run-replay";
import { onStopSignal } from "./stop-signals";

const options = readReplayOptions(process.argv);
let stopped = false;
onStopSignal(() => {
  stopped = true;
  console.error("Stopping: what was read is still delivered …");
});

try {
  const report = await runReplay(
    options,
    (line) => console.error(line),
    () => stopped,
  );
  console.log(options.json ? JSON.stringify({ ...report, ...judge(report) }) : `\n${formatReport(report)}`);
  process.exitCode = stopped ? 130 : judge(report).complete ? 0 : 1;
} catch (error) {
  const isPlain =
    error instanceof GitError || error instanceof StartError || error instanceof ConfigurationError;
  console.error(isPlain ? `${error.message}.`.replace(/\.\.$/, ".") : error);
  process.exitCode = 1;
}
