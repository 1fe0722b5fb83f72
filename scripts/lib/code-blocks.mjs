import { readFileSync } from "node:fs";
import ts from "typescript";
import { root } from "./workspace.mjs";

/**
 * A block of TypeScript in a document. What it takes for granted stands in comments before it that readers do not see:
 * `<!-- given: declare const … -->` for names, `<!-- given ./events: export const … -->` for a module that it imports, and
 * `<!-- run: order_placed -->` where it can be run, with the events that a server has afterwards.
 *
 * @typedef {object} CodeBlock
 * @property {number} line
 * @property {string} language
 * @property {string} code
 * @property {string[]} names
 * @property {Map<string, string>} files by name, without extension
 * @property {string[] | undefined} run
 */

const block = /(?<comments>(?:<!-- (?:given|run)\b.*?-->\s*)*)```(?<language>tsx?)\n(?<code>.*?)```/gs;
const given = /<!-- given(?: \.\/(?<file>[\w-]+))?: (?<code>.*?) -->/gs;
const run = /<!-- run(?:: (?<events>.*?))? -->/s;

/** The documents whose code is held to be true. */
export const documents = () =>
  ts.sys
    .readDirectory(
      root,
      [".md"],
      ["**/node_modules", "**/dist", "**/reports", ".changeset", "apps/docs/site/reference"],
      ["**/*.md"],
    )
    .filter((file) => !/CHANGELOG|\.api\.md$/.test(file));

/**
 * @param {string} document
 * @returns {CodeBlock[]}
 */
export function codeBlocks(document) {
  const text = readFileSync(document, "utf8");
  return [...text.matchAll(block)].map(
    ({ index, groups: { comments = "", language = "", code = "" } = {} }) => {
      /** @type {Map<string, string>} */
      const files = new Map();
      const names = [];
      for (const { groups: { file, code: granted = "" } = {} } of comments.matchAll(given)) {
        if (file) files.set(file, granted);
        else names.push(granted);
      }
      const marked = run.exec(comments);
      return {
        line: text.slice(0, index + comments.length).split("\n").length,
        language,
        code,
        names,
        files,
        run: marked ? (marked.groups?.events?.split(", ") ?? []) : undefined,
      };
    },
  );
}
