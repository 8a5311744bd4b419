import { mkdtempSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { launch, office, openPage, phone } from "../support/chromium.ts";
import { faultyProxy, type Replacement } from "../support/faultyProxy.ts";
import {
  cameraPhoto,
  choosePin,
  fillReport,
  openAgain,
  pin,
  report,
  signInHere,
  unlock,
} from "../support/fieldActions.ts";
import { chromiumFlags } from "../support/launch.ts";
import { newPhone, timesReported, workerWithPassword } from "../support/fieldPhone.ts";
import { signedIn, useHouse } from "../support/house.ts";

const executablePath = inject("chromium");
const made = useHouse();
const duntou = "330903001009";
let browser: Browser;
let proxy: Awaited<ReturnType<typeof faultyProxy>>;
let replaced: (path: string) => Replacement | undefined = () => undefined;
let login = "";

beforeAll(async () => {
  if (!executablePath) return;
  const base = await made.app.listen({ port: 0, host: "127.0.0.1" });
  proxy = await faultyProxy(
    base,
    () => "none",
    (path) => replaced(path),
  );
  browser = await launch(executablePath);
});

afterAll(async () => {
  await browser?.close();
  proxy?.close();
});

beforeEach(async () => {
  if (executablePath) login = (await workerWithPassword(made, duntou)).login;
});

const sent = async (page: Page): Promise<void> => {
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.getByText("都发出去了").waitFor();
};

describe.skipIf(!executablePath)("what a phone has to bear", () => {
  it("killed while saving: the report is in the outbox or its words are still in the form, never neither", async () => {
    const folder = mkdtempSync(join(tmpdir(), "linge-phone-"));
    const start = async (): Promise<{ page: Page; kill(): Promise<void> }> => {
      const context = await chromium.launchPersistentContext(folder, {
        executablePath,
        args: chromiumFlags,
        viewport: phone,
        locale: "zh-CN",
      });
      const page = context.pages()[0] ?? (await context.newPage());
      const pid = Number(readlinkSync(join(folder, "SingletonLock")).split("-").at(-1));
      return {
        page,
        // As an empty battery does: the whole browser at once, in the middle of whatever it writes.
        kill: async () => {
          const gone = new Promise((resolve) => context.once("close", resolve));
          process.kill(pid, "SIGKILL");
          await gone;
        },
      };
    };
    try {
      let { page, kill } = await start();
      await page.goto(`${proxy.base}/field`);
      await signInHere(page, login);
      await choosePin(page);
      await page.getByText(/上次连上/).waitFor();
      await page.context().setOffline(true);
      for (const afterMs of [0, 15]) {
        const words = `断电 ${afterMs}`;
        await fillReport(page, words);
        await page.waitForTimeout(200);
        await page.getByRole("button", { name: "存下" }).click({ noWaitAfter: true });
        await page.waitForTimeout(afterMs);
        await kill();
        ({ page, kill } = await start());
        await page.goto(`${proxy.base}/field#/waiting`);
        await unlock(page);
        const waiting = page.getByText(`报事：${words}`);
        const isWaiting = await waiting.waitFor({ timeout: 1_500 }).then(
          () => true,
          () => false,
        );
        expect(await waiting.count()).toBe(isWaiting ? 1 : 0);
        await page.getByRole("link", { name: "报事" }).click();
        if (!isWaiting) await expect.poll(() => page.getByLabel("什么事").inputValue()).toBe(words);
        await page.getByLabel("什么事").fill("");
      }
      await kill();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("storage full: says so, keeps the words, and saves once there is room", async () => {
    const page = await openPage(browser, phone);
    // Chromium gives tests no small disk: once `full` is set, writes are refused as a full one refuses them.
    await page.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...words) {
        if ("full" in window) throw new DOMException("no room", "QuotaExceededError");
        return put.apply(this, words);
      };
    });
    await page.goto(`${proxy.base}/field`);
    await signInHere(page, login);
    await choosePin(page);
    await page.getByText(/上次连上/).waitFor();
    await fillReport(page, "存不下的一件");
    await page.evaluate(() => Object.assign(window, { full: true }));
    await page.getByRole("button", { name: "存下" }).click();
    await page.getByText(/手机存不下了/).waitFor();
    await expect.poll(() => page.getByLabel("什么事").inputValue()).toBe("存不下的一件");
    expect(await timesReported(made, "存不下的一件")).toBe(0);
    await page.evaluate(() => delete (window as { full?: boolean }).full);
    await page.getByRole("button", { name: "存下" }).click();
    await page.getByText("已存在本机。有网就发。").waitFor();
    await expect.poll(() => timesReported(made, "存不下的一件")).toBe(1);
    await page.context().close();
  });

  it("database closed by the system: opened again, and nothing is noticed", async () => {
    const page = await openPage(browser, phone);
    // Keeps hold of every connection, so that it can be closed from outside as a system short of memory does.
    await page.addInitScript(() => {
      const open = indexedDB.open.bind(indexedDB);
      const kept: IDBDatabase[] = [];
      Object.assign(window, { closeAll: () => kept.splice(0).forEach((database) => database.close()) });
      indexedDB.open = (...words) => {
        const request = open(...words);
        request.addEventListener("success", () => kept.push(request.result));
        return request;
      };
    });
    await page.goto(`${proxy.base}/field`);
    await signInHere(page, login);
    await choosePin(page);
    await page.getByText(/上次连上/).waitFor();
    await page.context().setOffline(true);
    await fillReport(page, "数据库关过");
    await page.evaluate(() => (window as unknown as { closeAll(): void }).closeAll());
    await page.getByRole("button", { name: "存下" }).click();
    await page.getByText("已存在本机，1 条待发").waitFor();
    await page.context().setOffline(false);
    await sent(page);
    expect(await timesReported(made, "数据库关过")).toBe(1);
    await page.context().close();
  });

  it("app half updated: the old shell goes on; a whole update takes over when asked, and the outbox is there", async () => {
    const page = await newPhone(browser, proxy.base, login);
    const context = page.context();
    const script = await (await fetch(`${proxy.base}/field/sw.js`)).text();
    const newer = script.replace(/version:\s*["'`]([0-9a-f]+)["'`]/u, 'version:"$1-next"');
    expect(newer).not.toBe(script);
    const asScript = { "content-type": "text/javascript", "service-worker-allowed": "/field" };
    replaced = (path) => {
      if (path === "/field/sw.js") return { status: 200, headers: asScript, body: newer };
      return path === "/field/icon-512.png" ? { status: 500, body: "half" } : undefined;
    };
    await context.setOffline(true);
    await report(page, "更新前记下的");
    await context.setOffline(false);
    await page.evaluate(async () => {
      const registration = (await navigator.serviceWorker.getRegistration("/field"))!;
      await registration.update().catch(() => undefined);
      const coming = registration.installing;
      if (!coming) return;
      await new Promise<void>((resolve) =>
        coming.addEventListener("statechange", () => coming.state === "redundant" && resolve()),
      );
    });
    await context.setOffline(true);
    await page.close();
    const again = await openAgain(context, proxy.base);
    replaced = (path) => (path === "/field/sw.js" ? { status: 200, headers: asScript, body: newer } : undefined);
    await report(again, "半截更新后记下的");
    await context.setOffline(false);
    await again.evaluate(async () => (await navigator.serviceWorker.getRegistration("/field"))!.update());
    await again.getByText("有新版本").waitFor();
    await context.setOffline(true);
    await report(again, "换版前记下的");
    await again.getByRole("button", { name: "换上新版" }).click();
    await unlock(again);
    await expect.poll(() => again.evaluate(() => caches.keys())).toEqual([expect.stringMatching(/-next$/u)]);
    replaced = () => undefined;
    await context.setOffline(false);
    await sent(again);
    for (const words of ["更新前记下的", "半截更新后记下的", "换版前记下的"])
      expect(await timesReported(made, words)).toBe(1);
    await context.close();
  });

  it("sign-in that ran out during a week offline: nothing is lost, and goes after signing in again", async () => {
    const page = await newPhone(browser, proxy.base, login);
    await page.context().setOffline(true);
    await report(page, "登录过期前记下的");
    await made.house.pool.query("delete from sessions where city_id = $1", [made.house.cityId]);
    await page.context().setOffline(false);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await page.getByText(/登录过期了/).waitFor();
    await page.getByText("已存在本机，1 条待发").waitFor();
    await page.getByRole("button", { name: "再登录" }).click();
    await page.getByLabel("密码").fill(demoPassword);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByText("都发出去了").waitFor();
    expect(await timesReported(made, "登录过期前记下的")).toBe(1);
    await page.context().close();
  });

  it("two tabs at once: each shows what the other saved, and each thing goes once", async () => {
    const one = await newPhone(browser, proxy.base, login);
    const context = one.context();
    await context.setOffline(true);
    const two = await openAgain(context, proxy.base);
    await Promise.all([report(one, "第一个标签"), report(two, "第二个标签")]);
    for (const tab of [one, two]) await tab.getByText("已存在本机，2 条待发").waitFor();
    await context.setOffline(false);
    await Promise.all([one, two].map((tab) => tab.evaluate(() => window.dispatchEvent(new Event("online")))));
    for (const tab of [one, two]) await tab.getByText("都发出去了").waitFor();
    expect([await timesReported(made, "第一个标签"), await timesReported(made, "第二个标签")]).toEqual([1, 1]);
    await context.close();
  });

  it("lost, and signed out from afar: empties itself at the next contact", async () => {
    const page = await newPhone(browser, proxy.base, login);
    const admin = await signedIn(made, "admin");
    const { phones } = (await admin.get("/api/phones")).body;
    const mine = phones.find(({ person }: { person: string }) => person.endsWith(login));
    expect((await admin.send("POST", `/api/phones/${mine.id}/sign-out`, {})).status).toBe(204);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await page.getByText(/里面清空了/).waitFor();
    await page.goto(`${proxy.base}/field`);
    await page.reload();
    await page.getByLabel("用户名").waitFor();
    const left = (await admin.get("/api/phones")).body.phones.find(({ id }: { id: string }) => id === mine.id);
    expect(left.leftAt).not.toBeNull();
    await page.context().close();
  });

  it("changes hands without a signal: each has his own behind his own digits, and each thing goes under the right name", async () => {
    const other = await workerWithPassword(made, duntou);
    const page = await newPhone(browser, proxy.base, login);
    const context = page.context();
    await context.setOffline(true);
    await report(page, "交出去的人记的");
    await page.getByRole("link", { name: "我", exact: true }).click();
    await page.getByRole("button", { name: "锁上，换人" }).click();
    await page.getByRole("button", { name: "换个人用" }).click();
    await signInHere(page, other.login);
    await page.getByRole("button", { name: "没网，先用着" }).click();
    await choosePin(page);
    await page.getByRole("link", { name: "报事" }).click();
    await page.getByLabel("什么事").fill("接手的人记的");
    await page.getByLabel("算哪一类").selectOption({ label: "暴露垃圾" });
    await page.getByLabel("地名、门牌、船名都行").fill("渔港码头");
    await page.getByRole("button", { name: "存下" }).click();
    await page.getByText("已存在本机，1 条待发").waitFor();
    expect(await page.getByText("交出去的人记的").count()).toBe(0);
    await context.setOffline(false);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await page.getByRole("button", { name: "再登录" }).click();
    await signInHere(page, other.login);
    await page.getByText("没收下").or(page.getByText("都发出去了")).first().waitFor();
    await page.reload();
    await page.getByRole("button", { name: login }).click();
    await unlock(page);
    await page.getByRole("button", { name: "再登录" }).click();
    await page.getByLabel("密码").fill(demoPassword);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByText("都发出去了").waitFor();
    const found = await made.house.pool.query(
      `select c.record->>'text' as text, p.login from cases c
       join case_events e on e.city_id = c.city_id and e.case_id = c.id and e.type = 'reported'
       join people p on p.city_id = c.city_id and p.id::text = e.actor_id
       where c.record->>'text' in ('交出去的人记的', '接手的人记的') order by p.login = $1 desc`,
      [login],
    );
    expect(found.rows).toEqual([
      { text: "交出去的人记的", login },
      { text: "接手的人记的", login: other.login },
    ]);
    await context.close();
  });

  it("carried to the desk as a file: taken in there, sent again by the phone, done once", async () => {
    const page = await newPhone(browser, proxy.base, login);
    await page.context().setOffline(true);
    await fillReport(page, "装在文件里的");
    const photo = { name: "p.jpg", mimeType: "image/jpeg", buffer: await cameraPhoto() };
    await page.getByLabel("拍照片").setInputFiles(photo);
    await page.getByText("1 张照片").waitFor();
    await page.getByRole("button", { name: "存下" }).click();
    await page.getByText("已存在本机。有网就发。").waitFor();
    await page.getByRole("link", { name: "我", exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "存成文件" }).click(),
    ]);
    const file = (await download.path())!;

    const desk = await openPage(browser, office);
    await desk.goto(`${proxy.base}/desk`);
    await signInHere(desk, login);
    await desk.getByRole("button", { name: "手机与走访" }).click();
    await desk.getByLabel("选文件").setInputFiles(file);
    await desk.getByLabel("存文件那台手机的 6 位密码").fill("000000");
    await desk.getByRole("button", { name: "收进来" }).click();
    await desk.getByText("密码不对，再试一次。").waitFor();
    await desk.getByLabel("存文件那台手机的 6 位密码").fill(pin);
    await desk.getByRole("button", { name: "收进来" }).click();
    await desk.getByText("收进 1 条，都办了。").waitFor();
    await desk.context().close();
    await expect
      .poll(async () => {
        const found = await made.house.pool.query("select count(*)::int as n from photos where case_id is not null");
        return found.rows[0].n;
      })
      .toBe(1);

    await page.context().setOffline(false);
    await sent(page);
    expect(await timesReported(made, "装在文件里的")).toBe(1);
    await page.context().close();
  });

  it("opens by finger or face where the phone can do it", async () => {
    const page = await newPhone(browser, proxy.base, login);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        ctap2Version: "ctap2_1",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
        hasPrf: true,
      },
    });
    await page.getByRole("link", { name: "我", exact: true }).click();
    await page.getByRole("button", { name: "用指纹或人脸开锁" }).click();
    await page.getByLabel("请输 6 位密码").fill(pin);
    await page.getByRole("button", { name: "用指纹或人脸开锁" }).click();
    await page.getByText(/设好了/).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "用指纹或人脸打开" }).click();
    await page.locator("nav.bar").waitFor();
    await page.context().close();
  });
});
