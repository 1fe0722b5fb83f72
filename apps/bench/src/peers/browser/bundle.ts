import { build } from "esbuild";

export interface Bundle {
  /** What must load before the first event. */
  readonly code: string;
  /** Chunks that are imported later, as text. */
  readonly lazy: readonly string[];
}

/** Bundles a module as a site's own build would, with an SDK's project to resolve its imports. */
export async function bundle(contents: string, folder: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    splitting: true,
    write: false,
    metafile: true,
    outdir: "out",
    format: "esm",
    platform: "browser",
    target: "es2020",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const textOf = new Map(outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf("/") + 1), text]));
  const first = new Set<string>();
  const visit = (file: string): void => {
    if (first.has(file)) return;
    first.add(file);
    for (const { path, kind } of metafile.outputs[file]?.imports ?? [])
      if (kind === "import-statement") visit(path);
  };
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs))
    if (entryPoint === "<stdin>") visit(file);
  const texts = (isFirst: boolean) =>
    Object.keys(metafile.outputs)
      .filter((file) => first.has(file) === isFirst)
      .map((file) => textOf.get(file.slice(file.lastIndexOf("/") + 1)) ?? "");
  return { code: texts(true).join("\n"), lazy: texts(false) };
}

/** The same in one file, for a page to load. */
export async function bundleWhole(contents: string, folder: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2020",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
