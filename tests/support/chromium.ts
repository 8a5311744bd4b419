import AxeBuilder from "@axe-core/playwright";
import { mkdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { phone } from "./launch.ts";

export { launch, office, phone } from "./launch.ts";

const pictures = process.env.LINGE_PICTURES;

/** A browser of somebody's own; what a page complains about fails the test. */
export async function openPage(
  browser: Browser,
  viewport: { width: number; height: number },
  locale = "zh-CN",
): Promise<Page> {
  const context = await browser.newContext({ viewport, locale, timezoneId: "Asia/Shanghai" });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.on("console", (message) => {
    const expected = /status of [45]|ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION|ERR_EMPTY_RESPONSE/;
    if (message.type() === "error" && !expected.test(message.text()))
      throw new Error(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => {
    throw new Error(`${page.url()}: ${error.message}`);
  });
  return page;
}

/** Keeps a screenshot when LINGE_PICTURES names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: page.viewportSize()!.width === phone.width });
}

/** What axe finds wrong with the page as it stands, and whether it is wider than the screen; each named with its place. */
export async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return [
    ...violations.map(
      (violation) => `${page.url()} ${violation.id}: ${violation.nodes.map((node) => node.html).join(" ")}`,
    ),
    ...(overflow > 0 ? [`${page.url()} is ${overflow} px wider than the screen`] : []),
  ];
}

/** No violation that axe can see, and nothing wider than the screen. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
}
