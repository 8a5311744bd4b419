import type { Page } from "playwright-core";

/** What the pages are opened on: a house at an address, with a few cases in it. */
export type World = {
  base: string;
  /** Follow link of a case that is closed and waits for its rating, and of one that was just reported. */
  closed: string;
  fresh: string;
  /** Number of a published case. */
  published: string;
  /** Opens a session of a resident in this page's browser. */
  signInResident(page: Page): Promise<void>;
};

type Opener = (page: Page, world: World) => Promise<unknown>;
const at =
  (path: string | ((world: World) => string)): Opener =>
  (page, world) =>
    page.goto(world.base + (typeof path === "string" ? path : path(world)));
const next = (page: Page) => page.locator("form#step > .buttons .button").first().click();

const what: Opener = async (page, world) => {
  await page.goto(`${world.base}/report`);
  await page.locator("#text").fill("楼道里有电线露在外面");
};
const where: Opener = async (page, world) => {
  await what(page, world);
  await next(page);
  await page.locator("#placeName").waitFor();
};
const more: Opener = async (page, world) => {
  await where(page, world);
  await page.locator("input[name=unknown]").check();
  await next(page);
  await page.locator("#phone").waitFor();
};
const asResident =
  (path: string): Opener =>
  async (page, world) => {
    await world.signInResident(page);
    await page.goto(world.base + path);
  };

/** Every page for residents by its route; a route that answers with a page and is not here fails the journey. */
export const portalPages: Record<string, Opener[]> = {
  "/": [at("/")],
  "/about": [at("/about")],
  "/privacy": [at("/privacy")],
  "/open-data": [at("/open-data")],
  "/figures": [at("/figures")],
  "/plans": [at("/plans")],
  "/figures/:month": [at("/figures/2026-10")],
  "/cases": [
    at("/cases"),
    async (page, world) => {
      await page.goto(`${world.base}/cases`);
      await page.locator("[data-public-map] > button").click();
      await page.locator(".map.large canvas").waitFor();
    },
  ],
  "/cases/:number": [at(({ published }) => `/cases/${published}`), at("/cases/nothing")],
  "/report": [what],
  "/report/:step": [
    where,
    more,
    async (page, world) => {
      await where(page, world);
      await page.locator("[data-pin] button").first().click();
      await page.locator(".map canvas").waitFor();
    },
    async (page, world) => {
      await where(page, world);
      await next(page);
      await page.locator("#trouble").waitFor();
    },
  ],
  "/find": [at("/find")],
  "/f/:token": [at(({ fresh }) => fresh), at(({ closed }) => closed)],
  "/f/:token/received": [at(({ fresh }) => `${fresh}/received`)],
  "/f/:token/privacy": [at(({ closed }) => `${closed}/privacy`)],
  "/f/:token/data": [at(({ closed }) => `${closed}/data`)],
  "/me": [
    at("/me"),
    async (page, world) => {
      await page.goto(`${world.base}/me`);
      await page.locator("#phone").fill("13500000000");
      await page.locator("main .button").first().click();
      await page.locator("#code").waitFor();
    },
    asResident("/me"),
  ],
  "/me/privacy": [asResident("/me/privacy")],
  "/me/data": [asResident("/me/data")],
  "*": [at("/there/is/no/such/page")],
};

/** Rooms of the desk by their Chinese names, and who enters them; a button that is in no list fails the journey. */
export const deskRooms: Record<string, string[]> = {
  dispatch: ["＋ 代录", "总览", "预警与研判", "登录方式"],
  admin: [
    "总览",
    "预警与研判",
    "网格规划",
    "区划网格",
    "手机与走访",
    "个人信息保护",
    "设置",
    "人员和权限",
    "Open311 密钥",
    "登录方式",
  ],
};

/** Pages of the field app by their addresses. */
export const fieldPages = ["#/today", "#/report", "#/waiting", "#/me"];
