import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { liveDemoCity } from "../../apps/server/src/features/demo/city.ts";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { expectAccessible, launch, office, openPage, phone, picture } from "../support/chromium.ts";
import { useHouse } from "../support/house.ts";

const executablePath = inject("chromium");
const made = useHouse();
let browser: Browser;
let base = "";

beforeAll(async () => {
  if (!executablePath) return;
  // A plan is adopted on the day itself, and the page knows only the real one.
  made.clock.now = Date.now();
  await liveDemoCity(made.house, "S", () => {});
  base = await made.app.listen({ port: 0, host: "127.0.0.1" });
  browser = await launch(executablePath);
});

afterAll(async () => {
  await browser?.close();
});

async function planningRoom(login: string): Promise<Page> {
  const page = await openPage(browser, office);
  await page.goto(`${base}/desk`);
  await page.getByLabel("用户名").fill(login);
  await page.getByLabel("密码").fill(demoPassword);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("button", { name: "网格规划" }).click();
  return page;
}

describe.skipIf(!executablePath)("a township plans its grids", () => {
  it("sees today's loads, compares plans, changes one by hand, hears the neighbours, adopts", async () => {
    const planner = await planningRoom("leader");
    await planner.getByLabel("哪个镇、街道").selectOption({ label: "沈家门街道" });
    await planner.getByText(/最忙的是平均的/).waitFor();
    await planner.getByRole("button", { name: "算方案" }).click();
    await planner.getByRole("button", { name: /照旧/ }).waitFor();
    await expectAccessible(planner);
    await picture(planner, "desk-planning-1280");
    const table = planner.getByRole("region", { name: "老网格" });
    const first = table.getByRole("combobox").first();
    const options = await first.locator("option").allTextContents();
    const before = await planner.getByRole("status").first().textContent();
    await first.selectOption({ label: options.find((each) => each !== options[0]) ?? options[0]! });
    await expect.poll(() => planner.getByRole("status").first().textContent()).not.toBe(before);
    await planner
      .getByRole("button", { name: /变动最少|折中|最整齐|最均衡/ })
      .first()
      .click();
    await planner.getByLabel("方案名").fill("沈家门减网格");
    await planner.getByRole("button", { name: "存为草案" }).click();
    await planner.getByRole("button", { name: "公开征求意见" }).click();
    await planner.getByLabel("说说意见").fill("东边两格常年人手紧");
    await planner.getByRole("button", { name: "发送" }).click();
    await planner.getByText("东边两格常年人手紧").waitFor();

    const admin = await planningRoom("admin");
    admin.on("dialog", (dialog) => void dialog.accept());
    await admin.getByRole("button", { name: "今天起采用" }).click();
    await admin.getByText(/已采用：合成/).waitFor();
    await expectAccessible(admin);
    await admin.setViewportSize(phone);
    await expectAccessible(admin);
    await picture(admin, "desk-planning-adopted-360");

    await planner.reload();
    await planner.getByRole("button", { name: "网格规划" }).click();
    await planner.getByRole("button", { name: "我接了" }).first().click();
    await planner.getByText("已确认").first().waitFor();
  });
});
