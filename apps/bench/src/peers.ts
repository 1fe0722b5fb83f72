import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { currentLoad, describeEnvironment } from "./environment";
import { browserGroup } from "./peers/browser/group";
import type { Group } from "./peers/group";
import { type Installed, install, type NotInstalled } from "./peers/install";
import { nodeGroup } from "./peers/node/group";
import { packOurs } from "./peers/pack-ours";
import { readPeerOptions } from "./peers/peer-options";
import { formatReport, type GroupReport } from "./peers/peer-report";
import { browserSubjects, nodeSubjects } from "./peers/subject";

/** From the built file: dist/peers.js. */
const fromHere = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const peersFolder = fromHere("../.peers");

const groups: readonly Group[] = [nodeGroup, browserGroup];
const subjects = { node: nodeSubjects, browser: browserSubjects };
const say = (line: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`);

const { only, save } = readPeerOptions(
  process.argv.slice(2),
  groups.map(({ name }) => name),
);
const environment = describeEnvironment();
const packed = await mkdtemp(path.join(tmpdir(), "segops-packed-"));
const reports: GroupReport[] = [];
try {
  const tarballs = await packOurs(packed);
  for (const group of groups.filter(({ name }) => only.length === 0 || only.includes(name))) {
    const outcomes: (Installed | NotInstalled)[] = [];
    for (const subject of subjects[group.name]) {
      say(`${group.name}: installing ${subject.name}`);
      outcomes.push(await install(subject, peersFolder, tarballs));
    }
    const installed = outcomes.filter((each) => "folder" in each);
    const missing = outcomes.filter((each) => "reason" in each);
    const measured = await group.measure(installed, (line) => say(`${group.name}: ${line}`));
    reports.push({ name: group.name, installed, missing, ...measured });
  }
} finally {
  await rm(packed, { recursive: true });
}

const run = { ...environment, loadAtEnd: currentLoad() };
const reportsFolder = fromHere(save ? "../results" : "../reports");
await mkdir(reportsFolder, { recursive: true });
for (const report of reports) {
  const { name, figures, missing, standings } = report;
  const versions = Object.fromEntries(report.installed.map(({ name, version }) => [name, version]));
  const text = JSON.stringify({ environment: run, versions, missing, figures, standings }, undefined, 2);
  await writeFile(path.join(reportsFolder, `peers-${name}.json`), `${text}\n`);
  const markdown = formatReport(run, report);
  await writeFile(path.join(reportsFolder, `peers-${name}.md`), `${markdown}\n`);
  console.log(`\n${markdown}`);
}
// Browsers and pools of an SDK that misbehaves must not hold this process.
process.exit(0);
