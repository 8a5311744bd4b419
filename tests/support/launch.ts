import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

export const phone = { width: 360, height: 740 };
export const office = { width: 1280, height: 800 };

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Where this machine has a Chromium, or where LINGE_CHROMIUM says. */
export const findChromium = (): string | undefined =>
  process.env.LINGE_CHROMIUM ?? places.find((path) => existsSync(path));

/** How Chromium is started without a screen. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--enable-unsafe-swiftshader",
  // A microphone that hums, so that voice notes can be recorded.
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
];

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: chromiumFlags });
}
