import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { anchorsOf, repositoryAddress, root } from "../.vitepress/repository";
import { builtPages, dist } from "./site";

const pages = builtPages();
const byAddress = new Map(pages.map((page) => [page.address, page]));

/** What is wrong with a link from one page; undefined where it leads to something. */
function trouble(from: string, target: string): string | undefined {
  if (target.startsWith(`${repositoryAddress}/`)) return troubleInRepository(target);
  const { origin, pathname, hash } = new URL(target, `http://site${from}`);
  if (origin !== "http://site") return undefined;
  const address = pathname.endsWith("/") ? `${pathname}index.html` : decodeURI(pathname);
  const page = byAddress.get(address);
  if (page === undefined) return existsSync(path.join(dist, address)) ? undefined : "no such page";
  return hash === "" || page.anchors.has(decodeURIComponent(hash.slice(1))) ? undefined : "no such anchor";
}

function troubleInRepository(target: string): string | undefined {
  const { pathname, hash } = new URL(target);
  const [, file] = /\/(?:blob|tree)\/main\/(.+)/.exec(pathname) ?? [];
  if (file === undefined) return "neither a file nor a folder of the main branch";
  const place = path.join(root, file);
  if (!existsSync(place)) return "no such file in the repository";
  if (hash === "") return undefined;
  const document = statSync(place).isDirectory() ? path.join(place, "README.md") : place;
  return anchorsOf(readFileSync(document, "utf8")).includes(hash.slice(1)) ? undefined : "no such heading";
}

describe("every page", () => {
  test("is there", () => {
    expect(pages.map(({ address }) => address)).toEqual(
      expect.arrayContaining(["/index.html", "/404.html", "/benchmarks.html", "/reference/node.html"]),
    );
  });

  test("has links that lead somewhere: pages, their anchors, files of the repository", () => {
    const dead = pages.flatMap(({ address, targets }) =>
      targets.flatMap((target) => {
        const found = trouble(address, target);
        return found === undefined ? [] : [`${address}: ${target}: ${found}`];
      }),
    );
    expect(dead).toEqual([]);
  });

  test("has a title and a description of its own", () => {
    const named = pages.filter(({ address }) => address !== "/404.html");
    for (const field of ["title", "description"] as const) {
      const values = named.map((page) => page[field]);
      expect(values).not.toContain("");
      expect(new Set(values).size).toBe(values.length);
    }
  });

  test("loads nothing from another host", () => {
    const foreign = pages.flatMap(({ targets }) =>
      targets.filter((target) => /^(https?:)?\/\/.*\.(js|css|woff2?|svg|png)\b/.test(target)),
    );
    expect(foreign).toEqual([]);
  });
});
