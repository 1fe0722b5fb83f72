import { useRepository } from "./repository";

interface Token {
  type: string;
  tag: string;
  content: string;
  children: Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

interface State {
  src: string;
  env: { path?: string };
  tokens: Token[];
}

type Rule = (state: State) => void;

/** The part of markdown-it that is used here. */
export interface MarkdownParser {
  core: {
    ruler: {
      before(other: string, name: string, rule: Rule): void;
      after(other: string, name: string, rule: Rule): void;
      push(name: string, rule: Rule): void;
    };
  };
}

/** An empty corner of a table heads nothing. */
const cornersHeadNothing: Rule = ({ tokens }) => {
  for (const [index, token] of tokens.entries()) {
    const [content, close] = tokens.slice(index + 1, index + 3);
    if (token.type !== "th_open" || content?.content !== "" || close === undefined) continue;
    token.tag = "td";
    close.tag = "td";
  }
};

export function extendMarkdown(markdown: MarkdownParser): void {
  useRepository(markdown);
  markdown.core.ruler.push("corners", cornersHeadNothing);
}
