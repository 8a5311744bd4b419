import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { openSession } from "../../apps/server/src/features/sessions/commands.ts";
import { settleAll } from "../../apps/server/src/features/tallies/settle.ts";
import { newId } from "../../apps/server/src/platform/ids.ts";
import { faultsOf, launch, office, openPage, phone, picture } from "../support/chromium.ts";
import { aReport, dispatched, give, signedIn, useHouse, visitor } from "../support/house.ts";
import { deskRooms, fieldPages, portalPages, type World } from "./pages.ts";

const executablePath = inject("chromium");
const made = useHouse();
let browser: Browser;
let world: World;

beforeAll(async () => {
  if (!executablePath) return;
  const base = await made.app.listen({ port: 0, host: "127.0.0.1" });
  made.house.config.publicUrl = base;
  browser = await launch(executablePath);
  const { id, link, number } = await dispatched(made);
  const unit = await signedIn(made, "330903-publicWorks");
  for (const command of [
    { type: "accept" },
    { type: "contact", note: "明天去" },
    { type: "respond", answer: "换好了" },
  ])
    await give(unit, id, command);
  await give(await signedIn(made, "dispatch"), id, { type: "publish", text: "滨港路的路灯灭了三天" });
  await give(await signedIn(made, "checker"), id, { type: "check", passed: true, note: "亮了" });
  const fresh = await visitor(made).send("POST", "/api/cases", aReport());
  await settleAll(made.house);
  const resident = { city_id: made.house.cityId, id: newId(), phone: "13800001234" };
  await made.house.db.insertInto("residents").values(resident).execute();
  world = {
    base,
    closed: link,
    fresh: fresh.body.link,
    published: number,
    async signInResident(page) {
      const { token } = await openSession(made.house, { residentId: resident.id }, "Mozilla/5.0 (Android) Chrome/120");
      await page.context().addCookies([{ name: "linge_session", value: token, url: base }]);
    },
  };
});

afterAll(async () => {
  await browser?.close();
});

/** Waits until a page has been drawn: nothing of it changes for a moment. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let timer = setTimeout(resolve, 250);
        new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(resolve, 250);
        }).observe(document, { subtree: true, childList: true, characterData: true });
      }),
  );
}

/** Parts of a room that are looked at: its tabs come first, rows of a list after them. */
const mostParts = 7;

type Look = [name: string, viewport: typeof phone, language: "zh" | "en", large: boolean];
const looks: Look[] = [
  ["zh-360", phone, "zh", false],
  ["en-1280", office, "en", false],
  ["large-360", phone, "zh", true],
];

async function prefer(context: BrowserContext, language: string, large: boolean): Promise<void> {
  const url = world.base;
  await context.clearCookies();
  await context.addCookies([
    { name: "linge-language", value: language, url },
    { name: "linge-large", value: large ? "1" : "0", url },
  ]);
}

/** The page says in which language it is, so that screen readers read it so. */
async function speaks(page: Page, language: "zh" | "en"): Promise<void> {
  expect(await page.locator("html").getAttribute("lang")).toBe(language === "zh" ? "zh-CN" : "en");
}

describe.skipIf(!executablePath)("every page is accessible", () => {
  it("and is in the list: residents' pages by their routes", async () => {
    const shown: string[] = [];
    const link = world.closed.slice(3);
    for (const { method, url, access } of made.routes) {
      if (method !== "GET" || access !== "anyone" || /^\/(desk|field|ogc|api|tiles|ledger|open311|assets)/.test(url))
        continue;
      const path = url.replace(":token", link).replace(":number", world.published).replace(":step", "where");
      const answer = await made.app.inject({ url: path.replace("*", "x"), headers: { accept: "text/html" } });
      if (answer.statusCode === 200 && answer.body.includes("<html")) shown.push(url);
    }
    expect(shown.filter((url) => !portalPages[url])).toEqual([]);
  });

  it.each(looks)("for residents: %s", async (name, viewport, language, large) => {
    const page = await openPage(browser, viewport, language === "zh" ? "zh-CN" : "en-GB");
    const found: string[] = [];
    for (const [route, openers] of Object.entries(portalPages))
      for (const [i, open] of openers.entries()) {
        await prefer(page.context(), language, large);
        // What was written on the page before is not to be found again on this one.
        if (page.url().startsWith(world.base)) await page.evaluate(() => localStorage.clear());
        await page.goto("about:blank");
        await open(page, world);
        await settled(page);
        await speaks(page, language);
        await picture(page, `page-${name}-${route.replace(/\W+/g, "-")}-${i}`);
        found.push(...(await faultsOf(page)));
      }
    await page.context().close();
    expect(found).toEqual([]);
  });

  it.each(Object.entries(deskRooms))("at the desk of %s, in every room and its parts", async (login, rooms) => {
    const page = await openPage(browser, office);
    const found: string[] = [];
    await page.goto(`${world.base}/desk`);
    found.push(...(await faultsOf(page)));
    await page.getByLabel("用户名").fill(login);
    await page.getByLabel("密码").fill(demoPassword);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("navigation").waitFor();
    await settled(page);
    // Queues have a count beside their names; what is left are rooms.
    const buttons = page.locator("nav button:not(:has(.count)):not(.remove)");
    const names = (await buttons.allTextContents()).map((text) => text.trim());
    expect(names.filter((each) => !rooms.includes(each) && each !== "全部")).toEqual([]);
    for (const look of ["zh", "en"] as const) {
      for (let room = 0; room < names.length; room += 1) {
        await buttons.nth(room).click();
        await settled(page);
        found.push(...(await faultsOf(page)));
        const parts = page.locator("main button[aria-current], main [role=tab]");
        for (let part = 0; part < Math.min(mostParts, await parts.count()); part += 1) {
          await parts.nth(part).click();
          await settled(page);
          await picture(page, `desk-${login}-${look}-${room}-${part}`);
          found.push(...(await faultsOf(page)));
        }
      }
      if (look === "zh") {
        await page.setViewportSize(phone);
        await page.getByRole("button", { name: "English" }).click();
      }
    }
    await page.context().close();
    expect(found).toEqual([]);
  });

  it("on the phone of a grid worker", async () => {
    const found: string[] = [];
    for (const language of ["zh", "en"] as const) {
      const page = await openPage(browser, phone, language === "zh" ? "zh-CN" : "en-GB");
      await prefer(page.context(), language, false);
      await page.goto(`${world.base}/field`);
      await page.locator("input[name=login]").waitFor();
      found.push(...(await faultsOf(page)));
      await page.locator("input[name=login]").fill("grid");
      await page.locator("input[name=password]").fill(demoPassword);
      await page.locator("button.main").click();
      await page.locator("input[name=pin]").waitFor();
      found.push(...(await faultsOf(page)));
      await page.locator("input[name=pin]").fill("246810");
      await page.locator("button.main").click();
      await page.locator("nav.bar").waitFor();
      const links = await page
        .locator("nav.bar a")
        .evaluateAll((found) => found.map((each) => each.getAttribute("href")));
      expect(links.filter((each) => !fieldPages.includes(each!))).toEqual([]);
      for (const address of fieldPages) {
        await page.goto(`${world.base}/field${address}`);
        await settled(page);
        found.push(...(await faultsOf(page)));
      }
      await page.context().close();
    }
    expect(found).toEqual([]);
  });
});
