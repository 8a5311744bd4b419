import { readFileSync } from "node:fs";
import pg from "pg";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { sequence } from "../../apps/server/src/features/ledger/sequence.ts";
import { expectAccessible, launch, openPage, phone } from "../support/chromium.ts";
import { dispatched, useHouse } from "../support/house.ts";

const executablePath = inject("chromium");
const made = useHouse();
let browser: Browser;
let base = "";
let owner: pg.Client;

beforeAll(async () => {
  if (!executablePath) return;
  base = await made.app.listen({ port: 0, host: "127.0.0.1" });
  browser = await launch(executablePath);
  owner = new pg.Client(made.owner);
  await owner.connect();
});
afterAll(async () => {
  await browser?.close();
  await owner?.end();
});

async function check(page: Page): Promise<string> {
  await page.getByRole("button", { name: "我的事还在记录里吗？" }).click();
  const said = page.locator("[data-receipt] [role=status]");
  await expect.poll(() => said.textContent(), { timeout: 20_000 }).not.toMatch(/^$|正在核对/);
  return (await said.textContent())!;
}

describe.skipIf(!executablePath)("a resident keeps a receipt", () => {
  it("and her own browser says so when somebody changes the record by hand", async () => {
    const { link } = await dispatched(made);
    await sequence(made.house);
    const page = await openPage(browser, phone);
    await page.goto(`${base}${link}`);
    expect(await check(page)).toMatch(/都在。记录里有这件事的 4 笔（全部共 4 笔）.*从现在起记得/);
    await expectAccessible(page);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "下载凭据" }).click();
    const receipt = await (await download).path();
    expect(JSON.parse(readFileSync(receipt, "utf8")).facts.length).toBe(4);

    await dispatched(made);
    await sequence(made.house);
    expect(await check(page)).toContain("全部共 8 笔");

    await owner.query("update cases set record = jsonb_set(record, '{text}', '\"没什么事\"') where number = $1", [
      JSON.parse(readFileSync(receipt, "utf8")).number,
    ]);
    expect(await check(page)).toContain("「您说的」当时是：滨港路的路灯灭了三天；现在成了：没什么事。");

    // Whoever also takes the line out of the ledger is told on by the browser's memory, and by the receipt that was kept.
    await owner.query("delete from ledger_leaves where seq = 2");
    await owner.query("delete from case_events where type = 'dispatched'");
    expect(await check(page)).toContain("记录里的第 3 笔是这件事的，现在却拿不出来了");
    const elsewhere = await openPage(browser, phone);
    await elsewhere.goto(`${base}${link}`);
    await elsewhere.getByLabel("用以前下载的凭据核对").setInputFiles(receipt);
    await expect
      .poll(() => elsewhere.locator("[data-receipt] [role=status]").textContent(), { timeout: 20_000 })
      .toContain("「派遣」记录里有，这里却没有了");
  });
});
