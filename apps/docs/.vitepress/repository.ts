import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { MarkdownParser } from "./markdown";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
const site = path.join(root, "apps/docs/site");

const { repository } = JSON.parse(readFileSync(path.join(root, "packages/core/package.json"), "utf8"));
export const repositoryAddress: string = repository.url.replace(/^git\+|\.git$/g, "");

/** Where a reader finds a file or a folder of the repository. */
const addressInRepository = (file: string) => `${repositoryAddress}/blob/main/${file}`;

/** What GitHub makes of a heading in an address. */
const anchorOf = (heading: string) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");

/** The lines of a document, and which of them are headings; what looks like one in a block of code is none. */
function linesWithHeadings(text: string) {
  let isCode = false;
  return text.split("\n").map((line) => {
    if (line.startsWith("```")) isCode = !isCode;
    const [, heading] = (!isCode && /^#{1,6} (.*)/.exec(line)) || [];
    return { line, heading };
  });
}

/** The anchors of a document's headings. */
export const anchorsOf = (markdown: string) =>
  linesWithHeadings(markdown).flatMap(({ heading }) => (heading === undefined ? [] : [anchorOf(heading)]));

/** The text below one heading of a document, up to the next heading, with links that hold from anywhere. */
function part(file: string, anchor: string): string {
  const lines = linesWithHeadings(readFileSync(path.join(root, file), "utf8"));
  const start = lines.findIndex(({ heading }) => heading !== undefined && anchorOf(heading) === anchor);
  if (start === -1) throw new Error(`${file} has no heading #${anchor}`);
  const end = lines.findIndex(({ heading }, index) => index > start && heading !== undefined);
  const text = lines.slice(start + 1, end === -1 ? undefined : end).map(({ line }) => line);
  return text.join("\n").replace(/\]\((?!\w+:)([^)#\s]*)(#[^)\s]*)?\)/g, (_, target: string, hash = "") => {
    const linked = target === "" ? file : path.posix.join(path.posix.dirname(file), target);
    return `](${addressInRepository(linked)}${hash})`;
  });
}

/** `<!-- from packages/node/README.md#options -->` stands for that part of that document. */
const withParts = (text: string) =>
  text.replace(/<!-- from ([\w./-]+)#(\S+) -->/g, (_, file: string, anchor: string) => part(file, anchor));

/** Parts of READMEs in pages, and links from pages to files of the repository. */
export function useRepository(markdown: MarkdownParser): void {
  markdown.core.ruler.before("normalize", "parts-of-documents", (state) => {
    state.src = withParts(state.src);
  });
  markdown.core.ruler.after("inline", "links-to-files", ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const [target, hash] = token.attrGet("href")?.split("#") ?? [];
      if (token.type !== "link_open" || !target?.startsWith("../") || env.path === undefined) continue;
      const file = path.resolve(path.dirname(env.path), target);
      if (file.startsWith(site)) continue;
      const address = addressInRepository(path.relative(root, file));
      token.attrSet("href", hash === undefined ? address : `${address}#${hash}`);
    }
  });
}
