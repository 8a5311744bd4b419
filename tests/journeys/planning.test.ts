import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { liveDemoCity } from "../../apps/server/src/features/demo/city.ts";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { takeEffect } from "../../apps/server/src/features/planning/keep.ts";
import { expectAccessible, launch, office, openPage, phone, picture } from "../support/chromium.ts";
import { aReport, useHouse, visitor } from "../support/house.ts";

const executablePath = inject("chromium");
const made = useHouse();
let browser: Browser;
let base = "";

beforeAll(async () => {
  if (!executablePath) return;
  await liveDemoCity(made.house, "S", () => {});
  // Somebody's open case in Duntou, so that there is something to hand over.
  const [grid] = made.house.territory.children("330903001009").filter(({ geometry }) => geometry);
  const [lon, lat] = grid!.centre!;
  await visitor(made).send("POST", "/api/cases", aReport({ place: { lon, lat }, text: "墩头渔港的路灯灭了" }));
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

/** The words over the drawing board. */
const wordsOf = (board: Locator): Promise<string | null> => board.getByRole("status").first().textContent();

/** Drags the middle of one block of the map onto another. */
async function drag(page: Page, map: Locator, from: string, to: string): Promise<void> {
  const middle = async (code: string) => {
    const box = (await map.locator(`[data-code="${code}"]`).boundingBox())!;
    return [box.x + box.width / 2, box.y + box.height / 2] as const;
  };
  await map.scrollIntoViewIfNeeded();
  await page.mouse.move(...(await middle(from)));
  await page.mouse.down();
  await page.mouse.move(...(await middle(to)), { steps: 4 });
  await page.mouse.up();
}

describe.skipIf(!executablePath)("a township plans its grids", () => {
  let planner: Page;

  it("sees today's loads, compares plans, draws by hand, locks, looks again, keeps a draft", async () => {
    planner = await planningRoom("leader");
    // Shenjiamen is all he keeps, so it is open already.
    await planner.getByText(/现在 \d+ 个网格。最忙的是/).waitFor();
    await picture(planner, "desk-planning-today-1280");
    await planner.getByRole("button", { name: "算方案" }).click();
    const plans = planner.getByRole("listitem").filter({ has: planner.getByRole("img") });
    await plans.filter({ hasText: "照旧" }).waitFor();
    await expect.poll(() => plans.count()).toBeGreaterThanOrEqual(2);
    await plans
      .filter({ hasText: /动 \d+ 个老网格，\d+ 户换网格员，最忙的 \d+ % → \d+ %/ })
      .first()
      .getByRole("button", { name: "放到画板上" })
      .click();
    await expectAccessible(planner);

    const board = planner.locator("section").filter({ has: planner.getByRole("heading", { name: "画板" }) });
    const map = board.getByRole("img", { name: "方案图" });
    // By the table: a block stands alone, then by dragging it goes back; each time the figures follow.
    const before = await wordsOf(board);
    const select = board.getByRole("region", { name: "老网格" }).getByRole("combobox").first();
    const options = await select.locator("option").allTextContents();
    expect(options.length).toBeGreaterThan(1);
    await select.selectOption({ index: options.length - 1 });
    await expect.poll(() => wordsOf(board)).not.toBe(before);
    await board.getByRole("button", { name: "撤销上一步" }).click();
    await expect.poll(() => wordsOf(board)).toBe(before);
    const community = board.getByLabel("看哪里");
    const [from, to] = await twoToDrag(map, community);
    await drag(planner, map, from, to);
    await expect.poll(() => wordsOf(board)).not.toBe(before);
    await board.getByRole("button", { name: "撤销上一步" }).click();
    await community.selectOption("");

    const groups = board.getByRole("region", { name: "每个网格的忙闲" });
    await groups.getByRole("button", { name: /^锁住/ }).first().click();
    await planner.getByText("锁住了 1 个").waitFor();
    const locked = (await groups.getByRole("row").nth(1).getByRole("rowheader").getAttribute("title"))!;
    await planner.getByRole("button", { name: "算方案" }).click();
    await plans.filter({ hasText: "照旧" }).waitFor();
    await plans.first().getByRole("button", { name: "放到画板上" }).click();
    const titles = await groups
      .getByRole("rowheader")
      .evaluateAll((all) => all.map((each) => (each as HTMLElement).title));
    expect(titles).toContain(locked);
    await planner.getByLabel("方案名").fill("沈家门减网格");
    await planner.getByRole("button", { name: "存为草案" }).click();
    await planner.getByText("已存为草案").waitFor();
    await picture(planner, "desk-planning-board-1280");
  });

  it("can be stopped with the best so far, and says what stands in the way", async () => {
    await planner.getByLabel("算多久").selectOption("60");
    await planner.getByRole("button", { name: "算方案" }).click();
    await planner.getByRole("button", { name: "停，就用现在最好的" }).click();
    await planner.getByText("提前停了").waitFor();
    await planner.getByLabel("算多久").selectOption("0");
    await planner.getByLabel("忙闲相差不超过").fill("1");
    await planner.getByRole("button", { name: "算方案" }).click();
    await planner
      .getByRole("alert")
      .filter({ hasText: /都超过要求|达不到要求|没有找到/ })
      .waitFor();
    await planner.getByRole("radio", { name: "按类别定忙闲范围" }).check();
    await planner.getByRole("button", { name: "算方案" }).click();
    await planner.getByRole("listitem").filter({ hasText: "照旧" }).waitFor();
  });

  it("announces it: residents see it on the first page and say what they think, without a script", async () => {
    await planner.getByRole("button", { name: "公开征求意见" }).click();
    await planner.getByText(/意见收到 12月7日/).waitFor();
    const context = await browser.newContext({ viewport: phone, locale: "zh-CN", javaScriptEnabled: false });
    const resident = await context.newPage();
    await resident.goto(base);
    await resident.getByRole("link", { name: /沈家门街道的网格要调整，12月7日前/ }).click();
    await resident.getByText(/现在 \d+ 个网格，调整后 \d+ 个/).waitFor();
    await resident.getByLabel("您的意见").fill("山那边不好走，老人够不着");
    await resident.getByLabel("您住在").selectOption({ label: "墩头社区" });
    await picture(resident, "portal-plan-360");
    await resident.getByRole("button", { name: "交给街道" }).click();
    await resident.getByText("收到了，谢谢").waitFor();
    await resident.getByText("已收到 1 条意见").waitFor();
    await context.close();
    const english = await openPage(browser, phone, "en-GB");
    await english.goto(`${base}/plans?lang=en`);
    await expectAccessible(english);
    await english.getByRole("link", { name: /沈家门减网格/ }).click();
    await english.getByRole("heading", { name: "What goes together" }).waitFor();
    await expectAccessible(english);
  });

  it("is decided with an answer for the day after, and takes effect on that day; the keeper confirms the list", async () => {
    const admin = await planningRoom("admin");
    admin.on("dialog", (dialog) => void dialog.accept());
    await admin.getByText("居民 · 墩头社区").waitFor();
    await admin.getByText("山那边不好走").waitFor();
    await admin.getByLabel(/对意见的答复/).fill("山路一段由原来的网格员继续走");
    await admin.getByRole("button", { name: "决定采用" }).click();
    await admin.getByText("已决定，12月8日 零点起生效").waitFor();
    expect(await takeEffect(made.house)).toEqual([]);
    made.clock.now = Date.parse("2026-12-07T16:00:30Z");
    expect(await takeEffect(made.house)).toHaveLength(1);

    // Two weeks later everybody has to sign in again.
    const later = await planningRoom("admin");
    await later.getByText("12月8日 起已按新网格").waitFor();
    await expectAccessible(later);
    await later.setViewportSize(phone);
    await expectAccessible(later);
    await picture(later, "desk-planning-adopted-360");

    const worker = await planningRoom("grid");
    await worker.getByRole("heading", { name: "交接单" }).waitFor();
    await worker.getByRole("button", { name: "这些我都接了" }).first().click();
    await worker.getByText("网格员阿海 ✓ 已确认").first().waitFor();
    await picture(worker, "desk-planning-handover-1280");
  });
});

/** Two blocks of one community in different grids that can be pointed at, as they lie on the map. */
async function twoToDrag(map: Locator, community: Locator): Promise<[string, string]> {
  for (const { value } of await community
    .locator("option")
    .evaluateAll((all) => all.map((each) => ({ value: (each as HTMLOptionElement).value })))) {
    await community.selectOption(value);
    await map.scrollIntoViewIfNeeded();
    const found = await pairOn(map);
    if (found) return found;
  }
  throw new Error("no two blocks to drag");
}

/** Grids that stay as they are, in the colour of land. */
const unchanged = "#faf8f3";

async function pairOn(map: Locator): Promise<[string, string] | undefined> {
  const shown = await map.locator("[data-code]").evaluateAll((paths) =>
    paths.flatMap((path) => {
      const { x, y, width, height } = path.getBoundingClientRect();
      const hit = document.elementFromPoint(x + width / 2, y + height / 2) as SVGElement | null;
      const { code } = (path as SVGElement).dataset;
      return hit === path ? [{ code: code!, fill: path.getAttribute("fill") }] : [];
    }),
  );
  for (const a of shown)
    for (const b of shown)
      if (
        a.code !== b.code &&
        a.code.slice(0, 12) === b.code.slice(0, 12) &&
        (a.fill !== b.fill || a.fill === unchanged)
      )
        return [a.code, b.code];
  return undefined;
}
