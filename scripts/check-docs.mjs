import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { readManifest, root, workspaceFolders } from "./lib/workspace.mjs";

/**
 * Type-checks every block of TypeScript in every README, each as a module of its own. What a block takes for granted
 * stands in comments before it that readers do not see: `<!-- given: declare const … -->` for names, and
 * `<!-- given ./events: export const … -->` for a module that it imports.
 */
const readmes = ts.sys
  .readDirectory(
    root,
    [".md"],
    ["**/node_modules", "**/dist", "**/reports", ".changeset", "apps/docs/site/reference"],
    ["**/*.md"],
  )
  .filter((file) => !/CHANGELOG|\.api\.md$/.test(file));
const block = /(?<givens>(?:<!-- given.*?-->\s*)*)```(?<language>tsx?)\n(?<code>.*?)```/gs;
const given = /<!-- given(?: \.\/(?<file>[\w-]+))?: (?<code>.*?) -->/gs;

const blocks = path.join(root, "reports/docs");
rmSync(blocks, { recursive: true, force: true });
/** @type {string[]} */
const modules = [];
for (const readme of readmes) {
  const text = readFileSync(readme, "utf8");
  for (const { index = 0, groups: { givens = "", language = "", code = "" } = {} } of text.matchAll(block)) {
    const line = text.slice(0, index + givens.length).split("\n").length;
    const folder = path.join(blocks, `${path.relative(root, readme)}:${line}`);
    mkdirSync(folder, { recursive: true });
    const names = [];
    for (const { groups: { file, code: granted = "" } = {} } of givens.matchAll(given)) {
      if (file) writeFileSync(path.join(folder, `${file}.ts`), granted);
      else names.push(granted);
    }
    const module = path.join(folder, `block.${language}`);
    // Below the block, so that its lines keep their numbers.
    writeFileSync(module, [code, ...names, "export {};\n"].join("\n"));
    modules.push(module);
  }
}

/** Where a reader's project would find things: our sources, and what our packages have installed. */
/** @type {Record<string, string[]>} */
const paths = {
  "*": workspaceFolders().flatMap((folder) => [
    `${folder}/node_modules/@types/*`,
    `${folder}/node_modules/*`,
  ]),
};
for (const folder of workspaceFolders()) {
  const { name, exports = {} } = readManifest(folder);
  for (const [entry, targets] of Object.entries(exports)) {
    const source = typeof targets === "object" ? targets["@segops/source"] : undefined;
    if (source) paths[path.posix.join(name, entry)] = [path.join(folder, source)];
  }
}

const program = ts.createProgram(modules, {
  paths,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ["@segops/source"],
  jsx: ts.JsxEmit.ReactJSX,
  types: ["node"],
  typeRoots: [path.join(root, "node_modules/@types")],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
});
for (const { file, start, messageText } of ts.getPreEmitDiagnostics(program)) {
  if (!file || !modules.includes(path.normalize(file.fileName))) continue;
  process.exitCode = 1;
  const where = path.relative(blocks, path.dirname(file.fileName));
  const { line } = file.getLineAndCharacterOfPosition(start ?? 0);
  console.error(
    `${where}, line ${line + 1} of the block: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
  );
}
console.log(`${modules.length} blocks of code in ${readmes.length} documents checked`);
