import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { codeBlocks, documents } from "./lib/code-blocks.mjs";
import { run } from "./lib/run.mjs";
import { readManifest, root, workspaceFolders } from "./lib/workspace.mjs";

/**
 * Runs the blocks of code that are marked with `<!-- run: … -->`, as written, on the built packages: only the address and
 * the key become those of a server that is started for it. Each must end without an error, in a process or as a test of
 * Vitest, and leave the events that its mark names.
 */
/** @type {{ startServer(options: object): Promise<any> }} */
const { startServer } = await import(pathToFileURL(path.join(root, "apps/local-api/dist/index.js")).href);
const server = await startServer({ port: 0, dataDirectory: ":memory:" });
const env = { ...process.env, SEGOPS_API_URL: server.url, SEGOPS_SECRET_KEY: "sk_test_local" };
const vitest = path.join(root, "node_modules/vitest/vitest.mjs");

/** The package that a block is about, from whose folder it finds what it imports. */
const folderOf = (/** @type {string} */ code) => {
  const name = /"(@segops\/[\w-]+)/.exec(code)?.[1];
  const folder = workspaceFolders().find((each) => readManifest(each).name === name);
  if (!folder) throw new Error(`No package is called ${name}`);
  return folder;
};

let count = 0;
for (const document of documents()) {
  for (const { line, language, code, names, files, run: events } of codeBlocks(document)) {
    if (!events) continue;
    count += 1;
    const where = `${path.relative(root, document)}:${line}`;
    const folder = path.join(folderOf(code), "reports/readme", where.replaceAll(/\W/g, "-"));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [file, granted] of files) writeFileSync(path.join(folder, `${file}.ts`), granted);
    const source = path.join(folder, `source.${language}`);
    const placed = code
      .replaceAll("https://api.segops.ai", server.url)
      .replaceAll("sk_live_…", "sk_test_local");
    writeFileSync(source, [placed, ...names].join("\n"));
    const isTest = code.includes('from "vitest"');
    const outfile = path.join(folder, isTest ? "block.test.mjs" : "block.mjs");
    await build({
      entryPoints: [source],
      outfile,
      bundle: true,
      external: ["@segops/*", "vitest"],
      // A library of the reader's choice is one of ours.
      nodePaths: workspaceFolders().map((each) => path.join(each, "node_modules")),
      format: "esm",
      platform: "node",
      target: "node20",
    });

    writeFileSync(path.join(folder, "vitest.config.mjs"), "export default {};\n");
    const args = isTest ? [vitest, "run", "--root", folder] : [outfile];
    const ended = await run(process.execPath, args, { cwd: folder, env });
    /** @type {{ event_type: string }[]} */
    const stored = await server.events();
    const types = stored.map(({ event_type }) => event_type).reverse();
    await server.reset();
    if (ended.code === 0 && types.join() === events.join()) continue;
    process.exitCode = 1;
    console.error(
      `${where} ended with ${ended.code} and left [${types.join(", ")}] where [${events.join(", ")}] was expected`,
    );
    if (ended.output) console.error(ended.output);
  }
}
await server.close();
console.log(`${count} blocks of code were run`);
