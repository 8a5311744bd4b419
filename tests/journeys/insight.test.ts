import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, inject, it } from "vitest";
import { liveDemoCity } from "../../apps/server/src/features/demo/city.ts";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { nightlyScan } from "../../apps/server/src/features/insight/scanJobs.ts";
import { reportsDue } from "../../apps/server/src/features/insight/reports.ts";
import { jobKinds } from "../../apps/server/src/features/jobs.ts";
import { ask } from "../../apps/server/src/platform/jobs/queue.ts";
import { keepWorking, workOff } from "../../apps/server/src/platform/jobs/work.ts";
import { expectAccessible, launch, office, openPage, phone, picture } from "../support/chromium.ts";
import { useHouse } from "../support/house.ts";

const executablePath = inject("chromium");
const made = useHouse();
let browser: Browser;
let base = "";
let working: { stop(): Promise<void> };

beforeAll(async () => {
  if (!executablePath) return;
  await liveDemoCity(made.house, "M", () => {}, { cases: 2000 });
  await ask(made.house, [...nightlyScan(made.house), ...(await reportsDue(made.house))], made.clock.now);
  await workOff(made.house, jobKinds);
  working = keepWorking(made.house, jobKinds, async () => []);
  base = await made.app.listen({ port: 0, host: "127.0.0.1" });
  browser = await launch(executablePath);
});

afterAll(async () => {
  await working?.stop();
  await browser?.close();
});

async function enter(login: string): Promise<Page> {
  const page = await openPage(browser, office);
  await page.goto(`${base}/desk`);
  await page.getByLabel("用户名").fill(login);
  await page.getByLabel("密码").fill(demoPassword);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("button", { name: "预警与研判" }).click();
  return page;
}
const tab = (page: Page, name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();

describe.skipIf(!executablePath)("an alarm", () => {
  it("explains itself to a dispatcher, who judges it and makes it a problem that its owner follows through", async () => {
    const page = await enter("dispatch");
    await page
      .getByText(/单凭巧合，全市大约/)
      .first()
      .waitFor();
    await page.locator(".area-map .mark").first().waitFor();
    await expectAccessible(page);
    await picture(page, "desk-alarms-1280");
    await page.locator(".card").first().click();
    await page.getByText("主要在哪几处").waitFor();
    await page.locator(".area-map path.drives").first().waitFor();
    await expectAccessible(page);
    await picture(page, "desk-alarm-1280");
    await page.getByRole("radio", { name: /^真有事/ }).check();
    await page.getByLabel("说明（原因、在做什么）").fill("主管爆裂，水务公司在修");
    await page.getByRole("button", { name: "记下" }).click();
    await page.getByText(/已判断：真有事/).waitFor();

    await page.getByText("列入每月一题", { exact: true }).click();
    await page.getByRole("textbox", { name: "题目", exact: true }).fill("老旧水管反复爆裂");
    await page.getByRole("combobox", { name: "牵头单位", exact: true }).selectOption("330903-waterCompany");
    await page.getByRole("textbox", { name: "为什么要专门办", exact: true }).fill("三年修了七次");
    await page.getByRole("button", { name: "列题", exact: true }).click();
    await page.getByText("已交办，待定方案").waitFor();

    const owner = await enter("330903-waterCompany");
    await owner.getByRole("button", { name: /老旧水管反复爆裂/ }).click();
    await owner.getByRole("button", { name: "定方案、分工" }).click();
    await owner.getByRole("textbox", { name: "方案", exact: true }).fill("换掉两公里老管");
    await owner.getByRole("textbox", { name: "做什么", exact: true }).fill("换管");
    await owner.getByRole("button", { name: "确定" }).click();
    await owner.getByText("方案已定").waitFor();
    await expectAccessible(owner);
    await picture(owner, "desk-issue-1280");
  });

  it("is judged by the past before its budget is changed; comparison and reports are a click away", async () => {
    const page = await enter("admin");
    await tab(page, "比较");
    await page.getByRole("columnheader", { name: "95% 区间" }).first().waitFor();
    await page.getByText("哪里多了，哪里少了").waitFor();
    await expectAccessible(page);
    await picture(page, "desk-comparison-1280");
    await tab(page, "周报月报");
    await page.getByRole("button", { name: /^周报：/ }).click();
    await page.getByText(/这段时间的预警|这段时间没有预警/).waitFor();
    await expectAccessible(page);
    await tab(page, "回放");
    await page.getByLabel("重放多少天").fill("14");
    await page.getByRole("button", { name: "开始回放" }).click();
    await page.getByText(/预算每月 4 次虚警，实际/).waitFor({ timeout: 120_000 });
    await expectAccessible(page);
    await picture(page, "desk-replay-1280");
    await tab(page, "预算");
    await page.getByRole("radio", { name: "约 8 次" }).check();
    await page.getByText(/比现在每月多响/).waitFor();
    await expectAccessible(page);
    await picture(page, "desk-budget-1280");
    await page.getByRole("button", { name: "就用这个" }).click();
    await page.getByText("已换，今晚起用。").waitFor();

    await page.setViewportSize(phone);
    await page.getByRole("button", { name: "English" }).click();
    await tab(page, "Alarms");
    await page
      .getByText(/chance alone brings the like/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await picture(page, "desk-alarm-en-360");
  });
});
