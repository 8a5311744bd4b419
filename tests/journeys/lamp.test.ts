import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { expectAccessible, launch, office, openPage, phone, picture } from "../support/chromium.ts";
import { useHouse } from "../support/house.ts";

const executablePath = inject("chromium");
const made = useHouse();
let browser: Browser;
let base = "";

beforeAll(async () => {
  if (!executablePath) return;
  base = await made.app.listen({ port: 0, host: "127.0.0.1" });
  made.house.config.publicUrl = base;
  browser = await launch(executablePath);
});

afterAll(async () => {
  await browser?.close();
});

const open = (viewport: { width: number; height: number }, locale?: string): Promise<Page> =>
  openPage(browser, viewport, locale);

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(`${base}/desk`);
  await page.getByLabel("用户名").fill(login);
  await page.getByLabel("密码").fill(demoPassword);
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByRole("navigation").waitFor();
}

async function openCase(page: Page, queue: string, number: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${queue}`) }).click();
  await page.getByRole("button", { name: new RegExp(number) }).click();
  await page.getByRole("heading", { name: number }).waitFor();
}

async function act(page: Page, command: string, fields: Record<string, string> = {}): Promise<void> {
  await page.getByRole("group", { name: "可以做的" }).getByRole("button", { name: command, exact: true }).click();
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByRole("form", { name: command }).getByLabel(label);
    if (await field.evaluate((element) => element.tagName === "SELECT")) await field.selectOption({ label: value });
    else await field.fill(value);
  }
  if (Object.keys(fields).length)
    await page.getByRole("form", { name: command }).getByRole("button", { name: "确定" }).click();
}

describe.skipIf(!executablePath)("a street lamp is dark", () => {
  it("from the resident's report to her verdict, and on when it is not resolved", async () => {
    const resident = await open(phone);
    await resident.goto(base);
    await expectAccessible(resident);
    await picture(resident, "portal-home-360");
    await resident.getByRole("link", { name: "我要反映一件事" }).click();
    await resident.getByLabel("什么事").fill("码头到卫生院那段路的路灯坏了三天");
    await expectAccessible(resident);
    await picture(resident, "portal-what-360");
    await resident.getByRole("button", { name: "下一步：在哪里" }).click();
    await resident.getByLabel("地名或地标").fill("沈家门滨港路");
    await resident.getByLabel("所在镇、街道").selectOption({ index: 15 });
    await expectAccessible(resident);
    await picture(resident, "portal-where-360");
    await resident.getByRole("button", { name: "下一步：再说几句" }).click();
    await resident.getByText("路灯", { exact: true }).first().click();
    await resident.getByLabel("手机号").fill("13800001234");
    await expectAccessible(resident);
    await picture(resident, "portal-more-360");
    await resident.getByRole("button", { name: "提交" }).click();
    const number = (await resident.locator(".number").textContent())!;
    await expectAccessible(resident);
    await picture(resident, "portal-done-360");
    await resident.getByRole("link", { name: "看进度" }).click();

    const dispatcher = await open(office);
    await signIn(dispatcher, "dispatch");
    await openCase(dispatcher, "待立案", number);
    await expectAccessible(dispatcher);
    await picture(dispatcher, "desk-case-1280");
    await act(dispatcher, "立案");
    await act(dispatcher, "派遣", { 主办单位: await suggestedUnit(dispatcher) });
    await dispatcher.getByRole("heading", { name: /已派遣/ }).waitFor();
    const unitLogin = await leadOf(number);

    const unit = await open(office);
    await signIn(unit, unitLogin);
    await openCase(unit, "待接单", number);
    await act(unit, "接单");
    await unit.getByRole("heading", { name: /已接单/ }).waitFor();
    await act(unit, "联系居民", { 说明: "电话说好明天去" });
    await act(unit, "答复", { 答复内容: "灯泡和线路都换了，已经亮了" });
    await unit.getByRole("heading", { name: /已答复/ }).waitFor();

    const checker = await open(office);
    await signIn(checker, "checker");
    await openCase(checker, "待核查", number);
    await act(checker, "核查", { 核查通过: "是", 说明: "晚上去看过，亮了" });
    await checker.getByRole("heading", { name: /已结案/ }).waitFor();

    await resident.reload();
    await expect.poll(() => resident.getByText("灯泡和线路都换了，已经亮了").first().isVisible()).toBe(true);
    await expectAccessible(resident);
    await picture(resident, "portal-follow-360");
    await resident.getByText("没有解决", { exact: true }).click();
    await resident.getByText("很不满意", { exact: true }).click();
    await resident.getByLabel(/想说的话/).fill("只亮了一晚");
    await resident.getByRole("button", { name: "提交评价" }).click();
    await resident.getByText("您说没有解决，派遣员和承办单位都已收到，正在处理。").waitFor();

    await openCase(dispatcher, "重办申请", number);
    await act(dispatcher, "处理重办申请", { 同意: "是", 理由: "居民说只亮了一晚" });
    await dispatcher.getByRole("heading", { name: /处置中/ }).waitFor();
    await picture(dispatcher, "desk-reopened-1280");
  });
});

async function suggestedUnit(page: Page): Promise<string> {
  const text = (await page.getByRole("definition").last().textContent())!;
  return text.split(" (")[0]!.trim();
}

async function leadOf(number: string): Promise<string> {
  const row = await made.house.db
    .selectFrom("cases")
    .select("lead_unit")
    .where("city_id", "=", made.house.cityId)
    .where("number", "=", number)
    .executeTakeFirstOrThrow();
  return row.lead_unit!;
}
