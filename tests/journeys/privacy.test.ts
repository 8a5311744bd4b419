import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { expectAccessible, launch, office, openPage, phone, picture } from "../support/chromium.ts";
import { dispatched, give, signedIn, useHouse } from "../support/house.ts";

const executablePath = inject("chromium");
const made = useHouse();
let browser: Browser;
let base = "";

beforeAll(async () => {
  if (!executablePath) return;
  base = await made.app.listen({ port: 0, host: "127.0.0.1" });
  browser = await launch(executablePath);
});
afterAll(async () => {
  await browser?.close();
});

async function desk(login: string): Promise<Page> {
  const page = await openPage(browser, office);
  await page.goto(`${base}/desk`);
  await page.getByLabel("用户名").fill(login);
  await page.getByLabel("密码").fill(demoPassword);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  return page;
}

describe.skipIf(!executablePath)("J15: a resident", () => {
  it("sees who looked and why, objects to one look, takes her data with her, and has her identity removed", async () => {
    const filed = await dispatched(made);
    const unit = await signedIn(made, "330903-publicWorks");
    await give(unit, filed.id, { type: "accept" });
    await give(unit, filed.id, { type: "contact", note: "打过" });
    await give(unit, filed.id, { type: "respond", answer: "换好了" });
    await give(await signedIn(made, "checker"), filed.id, { type: "check", passed: true, note: "看过" });

    // A dispatcher has to say why before he sees the number.
    const dispatch = await desk("dispatch");
    await dispatch.getByRole("button", { name: "全部", exact: true }).click();
    await dispatch.getByRole("button", { name: new RegExp(filed.number) }).click();
    await dispatch.getByRole("button", { name: "看联系方式" }).click();
    await dispatch.getByLabel("为什么要看").selectOption("followUp");
    await dispatch.getByLabel("说明").fill("回访修得怎么样");
    await dispatch.getByRole("button", { name: "看", exact: true }).click();
    await dispatch.getByText("13800001234").waitFor();

    const page = await openPage(browser, phone);
    await page.goto(`${base}${filed.link}`);
    await page.getByText("被看过 1 次").waitFor();
    await page.getByRole("link", { name: "谁看过我的资料" }).click();
    await page.getByText("回访：回访修得怎么样").waitFor();
    await expectAccessible(page);
    await picture(page, "privacy-own-360");
    await page.getByText("反对这次查看").click();
    await page.getByLabel("为什么反对？").fill("我没有要回访");
    await page.getByRole("button", { name: "提出反对" }).click();
    await page.getByText("已收到您的反对").waitFor();

    // The objection reaches the privacy officer, with the look it is against.
    const officer = await desk("privacy");
    await officer.getByRole("button", { name: "个人信息保护" }).click();
    await officer.getByRole("button", { name: "请求与反对" }).click();
    await officer.getByText("我没有要回访").waitFor();
    await officer.getByText(/派遣员小林/).waitFor();
    await officer.locator("summary", { hasText: "答复" }).click();
    await officer.getByLabel("照办", { exact: true }).check();
    await officer.getByLabel("给本人的答复").fill("以后不再回访您。");
    await expectAccessible(officer);
    await picture(officer, "privacy-requests-1280");
    await officer.locator(".privacy form").getByRole("button", { name: "答复" }).click();
    await officer.getByText("以后不再回访您。").waitFor();
    for (const tab of ["异常查看", "查看记录", "保存期限", "处理清单"]) {
      await officer.getByRole("button", { name: tab }).click();
      await officer.waitForTimeout(300);
      await expectAccessible(officer);
    }
    await officer.getByRole("button", { name: "保存期限" }).click();
    await officer.getByRole("button", { name: "试算" }).click();
    await officer.getByText("没有到期的。", { exact: true }).first().waitFor();
    await picture(officer, "privacy-retention-1280");

    await page.reload();
    await page.getByText("以后不再回访您。").first().waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "下载文件（JSON）" }).click();
    expect((await download).suggestedFilename()).toBe("linge-my-data.json");
    await page.getByRole("link", { name: "打开来看" }).click();
    await expectAccessible(page);
    await page.goBack();
    await page.getByText(`去掉 ${filed.number} 里我的身份`).first().click();
    await page.getByLabel("我知道去掉以后不能恢复").check();
    await page.getByRole("button", { name: `去掉 ${filed.number} 里我的身份` }).click();
    await page.getByText("您的身份已经去掉").waitFor();
    await page.goto(`${base}${filed.link}`);
    expect(await page.getByText("滨港路").count()).toBe(0);
    for (const path of ["/privacy", "/open-data"]) {
      await page.goto(`${base}${path}?lang=en`);
      await expectAccessible(page);
    }
  });
});
