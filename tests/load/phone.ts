import type { Browser, CDPSession, Page } from "playwright-core";
import { phone } from "../support/launch.ts";

/** A cheap phone: a processor six times slower than this machine's, and with `slowLine` 1.6 Mbit/s at 150 ms. */
export async function openSlowPhone(
  browser: Browser,
  { slowLine = false } = {},
): Promise<{ page: Page; devtools: CDPSession; close(): Promise<void> }> {
  const context = await browser.newContext({ viewport: phone, locale: "zh-CN", timezoneId: "Asia/Shanghai" });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  if (slowLine)
    await devtools.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 150,
      downloadThroughput: 1_600_000 / 8,
      uploadThroughput: 750_000 / 8,
    });
  return { page, devtools, close: () => context.close() };
}
