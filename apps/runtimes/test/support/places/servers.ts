import { createRequire } from "node:module";
import path from "node:path";
import { type NodeVersion, nodeVersions } from "../node-versions";
import type { Place } from "../place";
import { COMMONJS_PROGRAM, environmentOf, MODULE_PROGRAM, TYPED_PROGRAM } from "../story";

const require = createRequire(import.meta.url);

const NOT_INSTALLED = "its package is for Linux on x64, or was left out";

/** A Node that imports the package, and one that requires it. */
const node = ({ name, path: executable }: NodeVersion): Place => ({
  name: `Node ${name.split(" ")[0]}`,
  missing: executable === undefined ? NOT_INSTALLED : undefined,
  async typecheck(consumer) {
    await consumer.write("program.mts", TYPED_PROGRAM);
    return consumer.compile("program.mts", { resolution: "node16", types: ["node"] });
  },
  async run(consumer, connection) {
    const file = await consumer.write("program.mjs", MODULE_PROGRAM);
    await consumer.run(executable ?? "", [file], environmentOf(connection));
  },
});

const commonJs: Place = {
  name: "Node, CommonJS",
  async typecheck(consumer) {
    await consumer.write("program.cts", TYPED_PROGRAM);
    return consumer.compile("program.cts", { resolution: "node16", types: ["node"] });
  },
  async run(consumer, connection) {
    const file = await consumer.write("program.cjs", COMMONJS_PROGRAM);
    await consumer.run(process.execPath, [file], environmentOf(connection));
  },
};

const bunPath = executableOf("@oven/bun-linux-x64", "bin/bun");
const bun: Place = {
  name: "Bun 1.4.5",
  missing: bunPath === undefined ? NOT_INSTALLED : undefined,
  async typecheck(consumer) {
    await consumer.write("bun/program.ts", TYPED_PROGRAM);
    return consumer.compile("bun/program.ts", {
      resolution: "bundler",
      conditions: ["bun"],
      types: ["node"],
    });
  },
  async run(consumer, connection) {
    const file = await consumer.write("bun/program.ts", TYPED_PROGRAM);
    await consumer.run(bunPath ?? "", ["run", file], environmentOf(connection));
  },
};

const denoPath = executableOf("@deno/linux-x64-glibc", "deno");
const deno: Place = {
  name: "Deno 2.9.6",
  missing: denoPath === undefined ? NOT_INSTALLED : undefined,
  async typecheck(consumer) {
    const file = await consumer.write("deno/program.ts", TYPED_PROGRAM);
    return consumer
      .run(denoPath ?? "", ["check", "--quiet", "--no-remote", file])
      .catch(({ message }) => message);
  },
  async run(consumer, connection) {
    const file = await consumer.write("deno/program.ts", TYPED_PROGRAM);
    const allowed = ["--quiet", "--no-remote", "--allow-env", "--allow-net", "--allow-read", "--allow-sys"];
    await consumer.run(denoPath ?? "", ["run", ...allowed, file], environmentOf(connection));
  },
};

export const servers: readonly Place[] = [...nodeVersions.map(node), commonJs, bun, deno];

function executableOf(packageName: string, file: string): string | undefined {
  try {
    return path.join(path.dirname(require.resolve(`${packageName}/package.json`)), file);
  } catch {
    return undefined;
  }
}
