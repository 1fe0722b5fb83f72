import { existsSync } from "node:fs";
import puppeteer, { type Browser } from "puppeteer-core";

/** A browser engine that pages are opened in. */
export interface Engine {
  readonly name: string;
  readonly isInstalled: boolean;
  /** With a profile: what its pages store outlives the browser. */
  launch(profile?: string): Promise<Browser>;
}

// One driver for both. It leaves it to the browser whether a page is hidden, and speaks to any Firefox (WebDriver BiDi).
const chromiumPath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const firefoxPath = process.env.FIREFOX_PATH ?? "/usr/bin/firefox-esr";

export const chromium: Engine = {
  name: "Chromium",
  isInstalled: existsSync(chromiumPath),
  launch: (userDataDir) =>
    puppeteer.launch({
      executablePath: chromiumPath,
      // The driver's own default: pages would be told apart from those of a visitor.
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
      ...(userDataDir && { userDataDir }),
    }),
};

const firefox: Engine = {
  name: "Firefox",
  isInstalled: existsSync(firefoxPath),
  launch: (userDataDir) =>
    puppeteer.launch({
      browser: "firefox",
      executablePath: firefoxPath,
      ...(userDataDir && { userDataDir }),
    }),
};

export const bothEngines = [chromium, firefox];

export function sayWhatIsMissing(): void {
  for (const { name, isInstalled } of bothEngines) {
    if (isInstalled) continue;
    const install = `apt-get install ${name === "Chromium" ? "chromium" : "firefox-esr"}`;
    console.warn(
      `${name} is not installed: its stories are skipped. Install it (${install}) or set ${name.toUpperCase()}_PATH.`,
    );
  }
}
