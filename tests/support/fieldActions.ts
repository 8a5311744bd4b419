import type { BrowserContext, Page } from "playwright-core";
import sharp from "sharp";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";

export const pin = "246810";

export async function signInHere(page: Page, login: string): Promise<void> {
  await page.getByLabel("用户名").fill(login);
  await page.getByLabel("密码").fill(demoPassword);
  await page.getByRole("button", { name: "登录", exact: true }).click();
}

export async function choosePin(page: Page): Promise<void> {
  await page.getByLabel("请输 6 位密码").fill(pin);
  await page.getByRole("button", { name: "记住了，开始用" }).click();
  await page.locator("nav.bar").waitFor();
}

export async function unlock(page: Page): Promise<void> {
  await page.getByLabel("请输 6 位密码").fill(pin);
  await page.getByRole("button", { name: "打开", exact: true }).click();
  await page.locator("nav.bar").waitFor();
}

/** The app opened again on the same phone. */
export async function openAgain(context: BrowserContext, base: string, path = "/field"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(base + path);
  await unlock(page);
  return page;
}

/** Fills a report in, up to the button. */
export async function fillReport(page: Page, words: string): Promise<void> {
  await page.getByRole("link", { name: "报事" }).click();
  await page.getByLabel("什么事").fill(words);
  await page.getByLabel("算哪一类").selectOption({ label: "暴露垃圾" });
  await page.getByLabel("地名、门牌、船名都行").fill("老码头");
  await page.getByLabel("哪个网格").selectOption({ index: 2 });
}

export async function report(page: Page, words: string): Promise<void> {
  await fillReport(page, words);
  await page.getByRole("button", { name: "存下" }).click();
  await page.getByText("已存在本机。有网就发。").waitFor();
}

/** A photo as a camera takes it. */
export const cameraPhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 2400, height: 1800, channels: 3, background: "#345" } })
    .jpeg()
    .toBuffer();
