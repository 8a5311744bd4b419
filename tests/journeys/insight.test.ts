import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { liveDemoCity } from "../../apps/server/src/features/demo/city.ts";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { scanCity } from "../../apps/server/src/features/insight/nightly.ts";
import { expectAccessible, launch, office, openPage, phone, picture } from "../support/chromium.ts";
import { useHouse } from "../support/house.ts";

const executablePath = inject("chromium");
const made = useHouse();
let browser: Browser;
let base = "";

beforeAll(async () => {
  if (!executablePath) return;
  await liveDemoCity(made.house, "M", () => {}, { cases: 2000 });
  await scanCity(made.house);
  base = await made.app.listen({ port: 0, host: "127.0.0.1" });
  browser = await launch(executablePath);
});

afterAll(async () => {
  await browser?.close();
});

describe.skipIf(!executablePath)("an alarm", () => {
  it("explains itself to a dispatcher, who says what it is; comparison and replay are a click away", async () => {
    const page = await openPage(browser, office);
    await page.goto(`${base}/desk`);
    await page.getByLabel("用户名").fill("dispatch");
    await page.getByLabel("密码").fill(demoPassword);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("button", { name: "预警与研判" }).click();
    await page
      .getByText(/是平时的 .* 倍/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "在哪里 · 这是怎么回事" }).first().click();
    await page.getByLabel("真有事").check();
    await page.getByLabel("说明").fill("主管爆裂，水务公司在修");
    await page.getByText("主要在").waitFor();
    await page.locator(".detail path.drives").first().waitFor();
    await expectAccessible(page);
    await picture(page, "desk-alarm-1280");
    await page.getByRole("button", { name: "记下" }).click();
    await page.getByText("已判断").waitFor();

    await page.getByRole("button", { name: "比较" }).click();
    await page.getByRole("columnheader", { name: "95% 区间" }).first().waitFor();
    await expectAccessible(page);
    await picture(page, "desk-comparison-1280");

    await page.getByRole("button", { name: "回放" }).click();
    await page.getByLabel("重放多少天").fill("14");
    await page.getByRole("button", { name: "开始重放" }).click();
    await page.getByText(/演示城市里真有/).waitFor({ timeout: 90_000 });
    expect(await page.getByText(/每月响/).count()).toBe(1);
    await expectAccessible(page);
    await picture(page, "desk-replay-1280");

    await page.setViewportSize(phone);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: "Alarms" }).click();
    await page
      .getByText(/times as many/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await picture(page, "desk-alarm-en-360");
  });
});
