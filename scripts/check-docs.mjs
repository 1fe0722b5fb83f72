import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { codeBlocks, documents } from "./lib/code-blocks.mjs";
import { readManifest, root, workspaceFolders } from "./lib/workspace.mjs";

/** Type-checks every block of TypeScript in every document, each as a module of its own. */
const readmes = documents();
const blocks = path.join(root, "reports/docs");
rmSync(blocks, { recursive: true, force: true });
/** @type {string[]} */
const modules = [];
for (const readme of readmes) {
  for (const { line, language, code, names, files } of codeBlocks(readme)) {
    const folder = path.join(blocks, `${path.relative(root, readme)}:${line}`);
    mkdirSync(folder, { recursive: true });
    for (const [file, granted] of files) writeFileSync(path.join(folder, `${file}.ts`), granted);
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
