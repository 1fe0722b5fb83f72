import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const dist = fileURLToPath(new URL("../dist/", import.meta.url));

interface BuiltPage {
  /** Its address on the site: `/guides/offline.html`. */
  address: string;
  title: string;
  description: string;
  /** What it can be pointed at with `#…`. */
  anchors: Set<string>;
  /** Where its links lead, and what it loads. */
  targets: string[];
}

const text = (html: string) =>
  html.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<");

const attributes = (html: string, pattern: RegExp) =>
  [...html.matchAll(pattern)].map(([, value = ""]) => text(value));

/** The pages as they were built. */
export function builtPages(): BuiltPage[] {
  return readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".html"))
    .map((file) => {
      const html = readFileSync(path.join(dist, file), "utf8");
      return {
        address: `/${file.split(path.sep).join("/")}`,
        title: attributes(html, /<title>([^<]*)/g)[0] ?? "",
        description: attributes(html, /<meta name="description" content="([^"]*)"/g)[0] ?? "",
        anchors: new Set(attributes(html, /\sid="([^"]*)"/g)),
        targets: attributes(html, /\s(?:href|src)="([^"]*)"/g),
      };
    });
}
