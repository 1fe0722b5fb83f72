import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Page } from "playwright-core";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

export const chromiumMissing = existsSync(executablePath)
  ? undefined
  : "Chromium is not installed: apt-get install chromium, or set CHROMIUM_PATH";

/** Opens an empty page on a site of its own that has these scripts, and closes both afterwards. */
export async function inChromium(
  scripts: Readonly<Record<string, string>>,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const site = createServer(({ url = "" }, response) => {
    const script = scripts[url];
    response.setHeader("content-type", script === undefined ? "text/html" : "text/javascript");
    response.end(script ?? "<!doctype html><title>page</title>");
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    await act(page);
  } finally {
    await browser.close();
    site.closeAllConnections();
    site.close();
  }
}
