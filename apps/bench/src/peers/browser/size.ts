import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Installed } from "../install";
import { formatNumber, type Table } from "../table";
import { bundle } from "./bundle";
import { variants } from "./variants";

export interface Size {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
  readonly lazyChunks: number;
  readonly lazyGzip: number;
}

const gzipBytes = (text: string): number => gzipSync(text, { level: 9 }).length;

/** Bytes of each import, all bundled by the same bundler with the same settings. */
export async function measureSizes(
  installed: readonly Installed[],
): Promise<Record<string, Size | { reason: string }>> {
  const sizes: Record<string, Size | { reason: string }> = {};
  for (const { name, packageName, imports } of variants) {
    const folder = installed.find((each) => each.packageName === packageName)?.folder;
    if (folder === undefined) continue;
    try {
      const { code, lazy } = await bundle(imports, folder);
      sizes[name] = {
        minified: Buffer.byteLength(code),
        gzip: gzipBytes(code),
        brotli: brotliCompressSync(code).length,
        lazyChunks: lazy.length,
        lazyGzip: lazy.reduce((sum, text) => sum + gzipBytes(text), 0),
      };
    } catch (error) {
      sizes[name] = { reason: (error as Error).message.split("\n")[0] ?? "" };
    }
  }
  return sizes;
}

export function sizeTable(sizes: Awaited<ReturnType<typeof measureSizes>>): Table {
  const least = Math.min(...Object.values(sizes).map((size) => ("gzip" in size ? size.gzip : Infinity)));
  return {
    title: "Browser: bytes",
    columns: ["import", "minified", "gzip -9", "brotli", "× least gzip", "lazy chunks", "their gzip"],
    rows: Object.entries(sizes).map(([name, size]) =>
      "reason" in size
        ? [name, `not bundled: ${size.reason}`]
        : [
            name,
            formatNumber(size.minified),
            formatNumber(size.gzip),
            formatNumber(size.brotli),
            formatNumber(size.gzip / least),
            size.lazyChunks > 0 ? `${size.lazyChunks}` : "–",
            size.lazyChunks > 0 ? formatNumber(size.lazyGzip) : "–",
          ],
    ),
    notes: [
      "Lazy chunks are loaded by the SDK itself, later or when used; what it fetches from elsewhere is not counted.",
    ],
  };
}
