import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { expectAccessible, launch, office, openPage, phone, picture } from "../support/chromium.ts";
import { faultyProxy, type Fault } from "../support/faultyProxy.ts";
import { aReport, give, signedIn, useHouse, visitor } from "../support/house.ts";

const executablePath = inject("chromium");
const made = useHouse();
let browser: Browser;
let proxy: Awaited<ReturnType<typeof faultyProxy>>;
let faults: Fault[] = [];

beforeAll(async () => {
  if (!executablePath) return;
  const base = await made.app.listen({ port: 0, host: "127.0.0.1" });
  proxy = await faultyProxy(base, () => faults.shift() ?? "none");
  browser = await launch(executablePath);
});

afterAll(async () => {
  await browser?.close();
  proxy?.close();
});

async function unlock(page: Page): Promise<void> {
  await page.getByLabel("请输 6 位密码").fill("246810");
  await page.getByRole("button", { name: "打开" }).click();
  await page.getByRole("heading", { name: "今天" }).waitFor();
}

async function verify(page: Page, words: string, verb: string, note: string, photo?: Buffer): Promise<void> {
  await page.getByRole("link", { name: "今天" }).click();
  await page.getByRole("link", { name: new RegExp(words) }).click();
  await page.getByRole("button", { name: verb }).click();
  await page.getByLabel("你看到了什么").fill(note);
  if (photo) {
    await page.locator("input[type=file]").setInputFiles({ name: "p.jpg", mimeType: "image/jpeg", buffer: photo });
    await page.getByText("1 张照片").waitFor();
  }
  await page.getByRole("button", { name: "存下" }).click();
  await page.getByText("已存在本机。有网就发。").waitFor();
}

async function report(page: Page, words: string): Promise<void> {
  await page.getByRole("link", { name: "报事" }).click();
  await page.getByLabel("什么事").fill(words);
  await page.getByLabel("算哪一类").selectOption({ label: "暴露垃圾" });
  await page.getByLabel("地名、门牌、船名都行").fill("老码头");
  await page.getByLabel("哪个网格").selectOption({ index: 2 });
  await page.getByRole("button", { name: "存下" }).click();
  await page.getByText("已存在本机。有网就发。").waitFor();
}

describe.skipIf(!executablePath)("days on an island without a signal", () => {
  it("lose nothing, double nothing, and say what was not accepted", async () => {
    const lamp = await visitor(made).send("POST", "/api/cases", aReport({ text: "东河路路灯不亮" }));
    const bin = await visitor(made).send("POST", "/api/cases", aReport({ text: "菜场垃圾桶满了" }));
    const page = await openPage(browser, phone);
    const context = page.context();
    await page.goto(`${proxy.base}/field`);
    await expectAccessible(page);
    await picture(page, "field-sign-in-360");
    await page.getByLabel("用户名").fill("grid");
    await page.getByLabel("密码").fill(demoPassword);
    await page.getByRole("button", { name: "登录" }).click();
    await page.locator("[name=pin]").fill("246810");
    await expectAccessible(page);
    await picture(page, "field-pin-360");
    await page.getByRole("button", { name: "记住了，开始用" }).click();
    await page.getByText("东河路路灯不亮").waitFor();
    await page.getByText(/上次连上/).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);

    // Day one: no signal. The app is closed and opened again.
    await context.setOffline(true);
    await page.close();
    let day = await context.newPage();
    await day.goto(`${proxy.base}/field`);
    await unlock(day);
    await expectAccessible(day);
    await picture(day, "field-today-360");
    const photo = await sharp({ create: { width: 2400, height: 1800, channels: 3, background: "#345" } })
      .jpeg()
      .toBuffer();
    await verify(day, "东河路路灯不亮", "看过了，是真的", "灯杆编号 12，确实不亮", photo);
    await picture(day, "field-case-360");
    await report(day, "老码头堆了一堆烂渔网");

    // Day two: killed while writing; the words are still there.
    await day.getByLabel("什么事").fill("避风塘里漂着泡沫");
    await day.waitForTimeout(300);
    await day.close();
    day = await context.newPage();
    await day.goto(`${proxy.base}/field#/report`);
    await day.getByLabel("请输 6 位密码").fill("000000");
    await day.getByRole("button", { name: "打开" }).click();
    await day.getByText("密码不对，再试一次。").waitFor();
    await day.getByLabel("请输 6 位密码").fill("246810");
    await day.getByRole("button", { name: "打开" }).click();
    await expect.poll(() => day.getByLabel("什么事").inputValue()).toBe("避风塘里漂着泡沫");
    await expectAccessible(day);
    await picture(day, "field-report-360");
    await report(day, "避风塘里漂着泡沫箱");
    await verify(day, "菜场垃圾桶满了", "看过了，没有这事", "去看时已经清空了");

    // Meanwhile the desk voids one of them.
    const desk = await signedIn(made, "filing");
    await give(desk, bin.body.id, { type: "void", reason: "居民来电说不用了" });
    await day.getByRole("link", { name: /待发/ }).click();
    expect(await day.getByText("等着发").count()).toBe(4);
    await expectAccessible(day);
    await picture(day, "field-waiting-360");

    // Day three, in the harbour: everything that can go wrong on the way does.
    faults = ["serverError", "none", "captivePortal", "none", "none", "responseLost", "none", "nothing"];
    await context.setOffline(false);
    await expect
      .poll(
        async () => {
          await day
            .getByRole("button", { name: "现在收发" })
            .click({ timeout: 1000 })
            .catch(() => undefined);
          return day.getByText("等着发").count();
        },
        { timeout: 60_000, interval: 500 },
      )
      .toBe(0);
    expect(faults).toEqual([]);
    await day.getByText("没收下：").waitFor();
    await day.getByText("都发出去了").waitFor();
    await expectAccessible(day);
    await picture(day, "field-refused-360");

    const { db, cityId } = made.house;
    const rows = await db.selectFrom("cases").select(["id", "state", "record"]).where("city_id", "=", cityId).execute();
    const texts = rows.map((row) => String(row.record.text)).sort();
    expect(texts).toEqual(["东河路路灯不亮", "老码头堆了一堆烂渔网", "菜场垃圾桶满了", "避风塘里漂着泡沫箱"].sort());
    const events = await db
      .selectFrom("case_events")
      .select(["type", "case_id"])
      .where("city_id", "=", cityId)
      .where("case_id", "=", lamp.body.id)
      .execute();
    expect(events.filter(({ type }) => type === "verified")).toHaveLength(1);
    const photos = await db.selectFrom("photos").select("width").where("case_id", "=", lamp.body.id).execute();
    expect(photos.map(({ width }) => width)).toEqual([1600]);

    // The one that was not accepted is the worker's to give up.
    day.on("dialog", (dialog) => void dialog.accept());
    await day.getByRole("button", { name: "不要了" }).click();
    await day.getByText("没有待发的，都收到了。").waitFor();

    // And the desk sees each once.
    const office1280 = await openPage(browser, office);
    await office1280.goto(`${proxy.base}/desk`);
    await office1280.getByLabel("用户名").fill("dispatch");
    await office1280.getByLabel("密码").fill(demoPassword);
    await office1280.getByRole("button", { name: "登录" }).click();
    await office1280.getByRole("button", { name: /^待立案/ }).click();
    await office1280.getByText("避风塘里漂着泡沫箱").first().waitFor();
    expect(await office1280.getByRole("button", { name: /老码头堆了一堆烂渔网/ }).count()).toBe(1);

    for (const [tab, name] of [
      ["今天", "today"],
      ["我", "me"],
    ] as const) {
      await day.getByRole("link", { name: tab, exact: true }).click();
      await day.getByRole("heading", { level: 1 }).waitFor();
      await expectAccessible(day);
      await picture(day, `field-${name}-after-360`);
    }
    await day.getByRole("button", { name: "大字" }).click();
    await expectAccessible(day);
    await picture(day, "field-me-large-360");
    await day.getByRole("button", { name: "English" }).click();
    await day.getByRole("link", { name: "Today" }).click();
    await day.getByRole("button", { name: "Map" }).click();
    await expectAccessible(day);
    await picture(day, "field-map-large-en-360");
  });
});
