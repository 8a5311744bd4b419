import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { expectAccessible, launch, office, openPage, phone, picture } from "../support/chromium.ts";
import { aReport, dispatched, give, signedIn, useHouse, visitor } from "../support/house.ts";

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

async function signIn(login: string, viewport = office): Promise<Page> {
  const page = await openPage(browser, viewport);
  await page.goto(`${base}/desk`);
  await page.getByLabel("用户名").fill(login);
  await page.getByLabel("密码").fill(demoPassword);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("navigation").waitFor();
  return page;
}

const report = async (change: object): Promise<{ id: string; number: string }> =>
  (await visitor(made).send("POST", "/api/cases", aReport(change))).body;

describe.skipIf(!executablePath)("a morning at the desk", () => {
  it("is worked off by keyboard: look-alikes merged, many filed at once, a slip taken back, reasons for what cannot be done", async () => {
    const first = await report({ text: "东港莲花路窨井盖没了", categoryId: "facilities.manholes" });
    await report({ text: "莲花路的窨井盖没了，危险", categoryId: "facilities.manholes" });
    const others = await Promise.all(["一", "二", "三"].map((n) => report({ text: `海印路第${n}根灯杆不亮` })));
    const page = await signIn("dispatch");
    await page.getByRole("button", { name: /^待立案 5/ }).waitFor();

    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "快捷键" }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: new RegExp(first.number) }).click();
    await page.getByRole("region", { name: "可能是同一件事" }).getByText("莲花路的窨井盖没了").waitFor();
    await picture(page, "desk-similar-1280");
    await expectAccessible(page);
    await page.getByRole("button", { name: "把它并入本案" }).click();
    await page.getByRole("button", { name: /^待立案 4/ }).waitFor();

    await page.getByText(/现在不能做的/).click();
    const refused = page.getByRole("button", { name: "核查", exact: true });
    await refused.focus();
    await expect.poll(() => page.getByRole("tooltip").filter({ hasText: "可以做的是" }).first().isVisible()).toBe(true);

    for (const { number } of others) await page.getByRole("checkbox", { name: number }).check();
    const bulk = page.getByRole("region", { name: "批量" });
    await bulk.getByRole("button", { name: "不予立案" }).click();
    await bulk.getByLabel("理由").fill("手滑");
    await bulk.getByLabel("请居民找哪里").fill("12345");
    await bulk.getByRole("button", { name: "先看结果" }).click();
    await bulk.getByText("可办 3 件，不可办 0 件").waitFor();
    await picture(page, "desk-bulk-1280");
    await bulk.getByRole("button", { name: "办理这 3 件" }).click();
    await bulk.getByRole("button", { name: "撤销这 3 件" }).click();
    await page.getByRole("button", { name: /^待立案 4/ }).waitFor();

    await page.getByLabel("区域").selectOption({ label: "普陀区" });
    await page.getByRole("button", { name: "存为视图" }).click();
    await page.getByLabel("视图名称").fill("普陀待立案");
    await page.getByRole("button", { name: "存为视图" }).last().click();
    await page.getByRole("button", { name: "普陀待立案", exact: true }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "普陀待立案", exact: true }).click();
    await expect.poll(() => page.getByLabel("区域").inputValue()).toBe("330903000000");

    await page.getByRole("button", { name: "总览" }).click();
    await page.getByRole("table", { name: "按镇、街道" }).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: /^To file/ }).click();
    await page.getByRole("checkbox").nth(1).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("o");
    await page.getByRole("group", { name: "You can" }).waitFor();
    await expectAccessible(page);
    await page.context().close();
  });

  it("takes down a call: category and look-alikes as the clerk types, the outcome by letter", async () => {
    await report({ text: "沈家门公厕没水，脏得很", categoryId: "environment.publicToilets" });
    const page = await signIn("intake");
    await page.keyboard.press("n");
    await page.getByLabel("什么事").fill("沈家门那个公厕没水了，脏得很");
    await page.getByRole("button", { name: "公厕", exact: true }).click();
    await page.getByLabel("所在镇、街道").selectOption({ label: "沈家门街道" });
    await page.getByRole("complementary", { name: "可能是同一件事" }).waitFor();
    await page.getByLabel("姓名").fill("陈奶奶");
    await page.getByLabel("住址").fill("沈家门街道滨港路 8 号");
    await page.getByLabel("结果怎么告诉他").selectOption({ label: "寄信告知" });
    await expectAccessible(page);
    await picture(page, "desk-new-1280");
    await page.getByRole("button", { name: "确定" }).click();
    await page.getByText("寄信告知").waitFor();
    const number = await page.locator(".title .number").textContent();
    const { rows } = await made.house.pool.query("select id from cases where number = $1", [number]);
    const desk = await signedIn(made, "dispatch");
    await give(desk, rows[0].id, { type: "decline", reason: "公厕归物业，已替您转告", channel: "物业 3011234" });
    await page.getByRole("button", { name: /^待告知 1/ }).click();
    await page.getByRole("button", { name: new RegExp(number!) }).click();
    await page.getByRole("button", { name: "写信或照着念" }).click();
    await page.getByLabel("为什么要看").selectOption({ index: 1 });
    await page.locator("form.look button.primary").click();
    await page.getByText("陈奶奶，您好：").waitFor();
    await picture(page, "desk-letter-1280");
    await page.context().close();
  });

  it("lets an administrator change what the city promises, see what would change, and take it back", async () => {
    await dispatched(made);
    const page = await signIn("admin");
    await page.getByRole("button", { name: "设置" }).click();
    await page.getByRole("button", { name: "路灯", exact: true }).click();
    const editor = page.getByRole("form", { name: "修改这一条" });
    await editor.getByRole("spinbutton", { name: "联系时限" }).fill("99");
    await page.getByText(/第 8 行（facilities.streetLights）联系时限：联系时限比答复期限还长/).waitFor();
    await expectAccessible(page);
    await editor.getByRole("spinbutton", { name: "联系时限" }).fill("2");
    await page.getByLabel("为什么改").fill("人手不够");
    await page.getByRole("button", { name: "保存为新版本" }).click();
    await page.getByText(/现在是第 2 版.*管理员保存/).waitFor();
    await page.getByRole("button", { name: "历史" }).click();
    await page.getByText("人手不够").waitFor();
    await page.getByRole("button", { name: "第 1 版" }).click();
    await page.getByRole("button", { name: /用这一版/ }).click();
    await page.getByRole("button", { name: "保存为新版本" }).click();
    await page.getByText(/现在是第 3 版/).waitFor();

    await page.getByRole("button", { name: "派遣规则" }).click();
    await page.getByRole("button", { name: "加一条" }).click();
    await editor.getByLabel("说明（会写在案件上）").fill("滨港路的灯归港航");
    await editor.getByLabel("文字里有（任一个）").fill("滨港路");
    await editor.getByLabel("主办").selectOption({ label: "普陀区港航事业发展中心" });
    await page.getByRole("button", { name: "试跑" }).first().click();
    await page.getByRole("region", { name: "试跑" }).getByRole("button", { name: "试跑" }).click();
    await page.getByText(/1 件去处会变/).waitFor();
    await expectAccessible(page);
    await picture(page, "desk-dry-run-1280");

    for (const name of ["大类", "单位", "工作日历", "答复模板"]) {
      await page.getByRole("button", { name, exact: true }).click();
      await page.locator(".row-table tbody button.link").first().click();
      await expectAccessible(page);
    }
    await page.setViewportSize(phone);
    await page.getByRole("button", { name: "English" }).click();
    await expectAccessible(page);
    await page.context().close();
  });
});
