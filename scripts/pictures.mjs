import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "./lib/workspace.mjs";

/**
 * Takes the pictures of the READMEs anew: end-to-end tests look at these views, and leave them in their reports.
 * `--last-run` takes those of their last run. What was built is what is shown: build first.
 */
const pictures = [
  {
    app: "apps/demo",
    test: "accessibility",
    from: "reports/page/backstage, killed, light, desktop.png",
    to: "apps/demo/docs/shop.webp",
  },
  {
    app: "apps/local-api",
    test: "looks",
    from: "reports/page/events-light-1280.png",
    to: "apps/local-api/docs/live-view.webp",
  },
  {
    app: "apps/react-hosts",
    test: "inspector",
    from: "reports/inspector light, phone.png",
    to: "packages/react/docs/inspector.webp",
  },
];
const MAX_BYTES = 150_000;
const QUALITY = 0.9;

const fromDemo = createRequire(path.join(root, "apps/demo/package.json"));
const { chromium } = fromDemo("playwright-core");

if (!process.argv.includes("--last-run"))
  for (const { app, test } of pictures)
    execFileSync(
      process.execPath,
      [path.join(root, "node_modules/vitest/vitest.mjs"), "run", "--config", "vitest.e2e.config.ts", test],
      { cwd: path.join(root, app), stdio: "inherit" },
    );

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage();
for (const { app, from, to } of pictures) {
  const png = readFileSync(path.join(root, app, from)).toString("base64");
  /** @type {string} */
  const webp = await page.evaluate(`(async () => {
    const image = new Image();
    image.src = "data:image/png;base64,${png}";
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", ${QUALITY}).split(",")[1];
  })()`);
  const bytes = Buffer.from(webp, "base64");
  if (bytes.length > MAX_BYTES) throw new Error(`${to} has ${bytes.length} bytes, more than ${MAX_BYTES}`);
  mkdirSync(path.dirname(path.join(root, to)), { recursive: true });
  writeFileSync(path.join(root, to), bytes);
  console.log(`${to}: ${bytes.length.toLocaleString("en")} B`);
}
await browser.close();
