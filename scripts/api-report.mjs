import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import { root } from "./lib/workspace.mjs";

/**
 * The public interface of what others build on, as text in the repository: a change to it is seen in review and gets
 * the right version bump. `--write` brings the reports up to date.
 */
const entries = [
  { folder: "packages/core", entry: "index" },
  { folder: "packages/core", entry: "light" },
];
const isWriting = process.argv.includes("--write");

for (const { folder, entry } of entries) {
  const packageFolder = path.join(root, folder);
  const reportFolder = path.join(packageFolder, "api");
  const temporaryFolder = path.join(packageFolder, "reports/api");
  mkdirSync(reportFolder, { recursive: true });
  mkdirSync(temporaryFolder, { recursive: true });
  const reportFileName = `${entry}.api.md`;
  const isNew = !existsSync(path.join(reportFolder, reportFileName));
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: path.join(packageFolder, "package.json"),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: packageFolder,
      mainEntryPointFilePath: path.join(packageFolder, `dist/${entry}.d.ts`),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            lib: ["ES2022", "DOM"],
            skipLibCheck: true,
            types: [],
            module: "ESNext",
            moduleResolution: "bundler",
          },
        },
      },
      apiReport: { enabled: true, reportFileName, reportFolder, reportTempFolder: temporaryFolder },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: "lf",
      messages: {
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      },
    },
  });
  const { apiReportChanged, errorCount } = Extractor.invoke(config, {
    localBuild: isWriting,
    messageCallback(message) {
      if (message.logLevel === "info" || message.logLevel === "verbose" || message.logLevel === "none")
        message.handled = true;
      if (message.messageId === "console-api-report-not-copied") message.handled = true;
    },
  });
  if (errorCount > 0 || (!isWriting && (apiReportChanged || isNew))) {
    console.error(
      `The public interface of ${folder} (${entry}) is not what ${folder}/api/${reportFileName} says. If that is meant, run "node scripts/api-report.mjs --write", look at the difference, and add a changeset that fits it.`,
    );
    process.exitCode = 1;
  }
}
