import { existsSync } from "node:fs";
import path from "node:path";
import { interrupted, run } from "./lib/run.mjs";
import { install, pnpmEnvironment, root, runMain, Stop, turbo } from "./lib/workspace.mjs";

runMain(async () => {
  const demo = path.join(root, "apps", "demo");
  if (!existsSync(path.join(demo, "package.json"))) throw new Stop("There is no demo in apps/demo.");

  const env = await pnpmEnvironment();
  console.log("Installing …");
  await install(env);
  console.log("Building …");
  const build = await turbo(["build", "--filter=@segops/demo...", "--concurrency=2"], env);
  if (interrupted()) return 130;
  if (build.code !== 0) throw new Stop(`${build.output}\nThe build failed.`);

  // Not through pnpm or turbo: both report Ctrl-C as a failure.
  const { code } = await run(process.execPath, ["dist/main.js", ...process.argv.slice(2)], {
    cwd: demo,
    capture: false,
  });
  return interrupted() ? 0 : code;
});
