import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { expectAccessible, launch, office, openPage, phone, picture } from "../support/chromium.ts";
import { faultyProxy, type Fault } from "../support/faultyProxy.ts";
import { cameraPhoto, report, unlock } from "../support/fieldActions.ts";
import { aReport, give, signedIn, useHouse, visitor } from "../support/house.ts";

const executablePath = inject("chromium");
const made = useHouse();
let browser: Browser;
let proxy: Awaited<ReturnType<typeof faultyProxy>>;
/** Faults that still wait for a request to an address. */
let faults: [to: string, fault: Fault][] = [];

function nextFault(path: string): Fault {
  const at = faults.findIndex(([to]) => path.startsWith(to));
  return at < 0 ? "none" : faults.splice(at, 1)[0]![1];
}

beforeAll(async () => {
  if (!executablePath) return;
  const base = await made.app.listen({ port: 0, host: "127.0.0.1" });
  proxy = await faultyProxy(base, nextFault);
  browser = await launch(executablePath);
});

afterAll(async () => {
  await browser?.close();
  proxy?.close();
});

async function verify(page: Page, words: string, verb: string, note: string, photo?: Buffer): Promise<void> {
  await page.getByRole("link", { name: "今天" }).click();
  await page.getByRole("link", { name: new RegExp(words) }).click();
  await page.getByRole("button", { name: verb }).click();
  await page.getByLabel("你看到了什么").fill(note);
  if (photo) {
    await page.getByLabel("拍照片").setInputFiles({ name: "p.jpg", mimeType: "image/jpeg", buffer: photo });
    await page.getByText("1 张照片").waitFor();
  }
  await page.getByRole("button", { name: "存下" }).click();
  await page.getByText("已存在本机。有网就发。").waitFor();
}

/** A visit noted without a signal, with a need and a day to come again. */
async function visit(page: Page, door: string): Promise<void> {
  await page.getByRole("link", { name: "报事" }).click();
  await page.getByRole("link", { name: "记走访" }).click();
  await page.getByLabel("哪一户").fill(door);
  await page.getByLabel("哪个网格").selectOption({ index: 1 });
  await page.getByLabel("他们同意记下要什么").check();
  await page.getByLabel("代配药").check();
  await page.getByRole("button", { name: /三天后/ }).click();
  await expectAccessible(page);
  await page.evaluate(() => window.scrollTo(0, 0));
  await picture(page, "field-visit-360");
  await page.getByRole("button", { name: "存下" }).click();
  await page.getByRole("heading", { name: "以后要走访的" }).waitFor();
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
    await page.getByLabel("请输 6 位密码").fill("246810");
    await expectAccessible(page);
    await picture(page, "field-pin-360");
    await page.getByRole("button", { name: "记住了，开始用" }).click();
    await page.getByText("东河路路灯不亮").waitFor();
    await page.getByText(/都发出去了 · 上次连上/).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);

    // Day one: no signal. The app is closed and opened again.
    await context.setOffline(true);
    await page.close();
    let day = await context.newPage();
    await day.goto(`${proxy.base}/field`);
    await unlock(day);
    await expectAccessible(day);
    await picture(day, "field-today-360");
    await verify(day, "东河路路灯不亮", "看过了，是真的", "灯杆编号 12，确实不亮", await cameraPhoto());
    await picture(day, "field-case-360");
    await report(day, "老码头堆了一堆烂渔网");
    await visit(day, "3 号楼 201");

    // Day two: killed while writing; the words are still there.
    await day.getByRole("link", { name: "报事" }).click();
    await day.getByLabel("什么事").fill("避风塘里漂着泡沫");
    await day.waitForTimeout(300);
    await day.close();
    day = await context.newPage();
    await day.goto(`${proxy.base}/field#/report`);
    await day.getByLabel("请输 6 位密码").fill("000000");
    await day.getByRole("button", { name: "打开", exact: true }).click();
    await day.getByText("密码不对，再试一次。").waitFor();
    await day.getByLabel("请输 6 位密码").fill("246810");
    await day.getByRole("button", { name: "打开", exact: true }).click();
    await expect.poll(() => day.getByLabel("什么事").inputValue()).toBe("避风塘里漂着泡沫");
    await expectAccessible(day);
    await picture(day, "field-report-360");
    await day.getByRole("button", { name: "录一段话" }).click();
    await day.getByRole("button", { name: /在录/ }).click();
    await day.getByText("1 段录音", { exact: true }).waitFor();
    await report(day, "避风塘里漂着泡沫箱");
    await verify(day, "菜场垃圾桶满了", "看过了，没有这事", "去看时已经清空了");

    // Meanwhile the desk voids one of them.
    const desk = await signedIn(made, "filing");
    await give(desk, bin.body.id, { type: "void", reason: "居民来电说不用了" });
    await day.getByRole("link", { name: /待发/ }).click();
    await day.getByText("已存在本机，6 条待发").waitFor();
    await expect.poll(() => day.getByText("等着发").count()).toBe(6);
    await expectAccessible(day);
    await picture(day, "field-waiting-360");

    // Day three, in the harbour: everything that can go wrong on the way does.
    faults = [
      ["/api/session", "serverError"],
      ["/api/session", "captivePortal"],
      ["/api/sync/push", "captivePortal"],
      ["/api/sync/push", "responseLost"],
      ["/api/sync/push", "serverError"],
      ["/api/sync/pull", "nothing"],
      ["/api/sync/photos", "responseLost"],
      ["/api/sync/photos/", "nothing"],
      ["/api/sync/photos/", "captivePortal"],
    ];
    await context.setOffline(false);
    await expect
      .poll(
        async () => {
          await day
            .getByRole("button", { name: "现在收发" })
            .click({ timeout: 1000 })
            .catch(() => undefined);
          return faults.length + (await day.getByText(/待发 ·|已发 \d+%/).count());
        },
        { timeout: 90_000, interval: 500 },
      )
      .toBe(0);
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

    const visits = await db.selectFrom("visits").select(["state"]).where("city_id", "=", cityId).execute();
    expect(visits.map(({ state }) => state).sort()).toEqual(["due", "visited"]);

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
    await office1280.getByRole("button", { name: /避风塘里漂着泡沫箱/ }).click();
    const heard = await office1280.getByLabel("录音", { exact: true }).last().getAttribute("src");
    expect((await office1280.request.get(`${proxy.base}${heard}`)).headers()["content-type"]).toBe("audio/webm");

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
