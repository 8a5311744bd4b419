import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { expectAccessible, launch, office, openPage, phone, picture } from "../support/chromium.ts";
import { useHouse } from "../support/house.ts";

const executablePath = inject("chromium");
const made = useHouse();
let browser: Browser;
let provider: Server;
let base = "";

beforeAll(async () => {
  if (!executablePath) return;
  const { port } = new URL(await made.app.listen({ port: 0, host: "127.0.0.1" }));
  // Passkeys belong to a name; an address of numbers is none.
  base = `http://localhost:${port}`;
  made.house.config.publicUrl = base;
  browser = await launch(executablePath);
  provider = await openProvider();
});

afterAll(async () => {
  await browser?.close();
  provider?.closeAllConnections();
  provider?.close();
});

async function openProvider(): Promise<Server> {
  const { Provider } = (await import("oidc-provider" as string)) as {
    Provider: new (issuer: string, options: object) => { callback(): unknown };
  };
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ["linge", "a-secret-of-the-city"];
  const client = { client_id: clientId, client_secret: clientSecret, redirect_uris: [`${base}/auth/oidc/back`] };
  server.on("request", new Provider(issuer, { clients: [client] }).callback() as never);
  made.house.config.oidc = { issuer, clientId, clientSecret, name: "统一认证" };
  return server;
}

/** The browser's own authenticator, whose owner always agrees. */
async function giveAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function signIn(page: Page, login: string, code?: string): Promise<void> {
  await page.goto(`${base}/desk`);
  await page.getByLabel("用户名").fill(login);
  await page.getByLabel("密码").fill(demoPassword);
  if (code) await page.getByLabel("动态码").fill(code);
  await page.getByRole("button", { name: "登录", exact: true }).click();
}

async function openAccount(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("button", { name: "登录方式" }).click();
  await page.getByRole("heading", { name: "登录方式" }).waitFor();
}

async function answer(page: Page, section: string, label: string, text: string, button: string): Promise<void> {
  const room = page.getByRole("region", { name: section });
  await room.getByLabel(label).fill(text);
  await room.getByRole("button", { name: button }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "退出", exact: true }).click();
  await page.getByLabel("用户名").waitFor();
}
const said = (page: Page, words: string): Promise<void> => page.getByRole("status").getByText(words).waitFor();

describe.skipIf(!executablePath)("somebody of the staff", () => {
  it("adds a passkey and signs in with it", async () => {
    const page = await openPage(browser, office);
    await giveAuthenticator(page);
    await signIn(page, "dispatch");
    await openAccount(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "添加通行密钥" }).click();
    await answer(page, "通行密钥", "现在的密码", "不对", "继续");
    await page.getByRole("alert").waitFor();
    await answer(page, "通行密钥", "现在的密码", demoPassword, "继续");
    await said(page, "通行密钥已添加");
    await expectAccessible(page);
    await picture(page, "desk-account-1280");
    await signOut(page);
    await page.getByRole("button", { name: "用通行密钥" }).click();
    await page.getByText("派遣员小林").waitFor();
    await openAccount(page);
    await page.getByRole("region", { name: "通行密钥" }).getByRole("button", { name: "删除" }).click();
    await page.getByText("还没有。").waitFor();
    await signOut(page);
    await page.getByRole("button", { name: "用通行密钥" }).click();
    await page.getByRole("alert").getByText("没有登录").waitFor();
    await expectAccessible(page);
  });

  it("turns codes on with a phone, and is asked for one", async () => {
    const page = await openPage(browser, phone);
    await signIn(page, "checker");
    await openAccount(page);
    await page.getByRole("button", { name: "启用动态码" }).click();
    await answer(page, "动态码", "现在的密码", demoPassword, "继续");
    const secret = (await page.locator("code.secret").textContent())!.replaceAll(" ", "");
    const code = (): string => new TOTP({ secret }).generate({ timestamp: made.clock.now });
    await expectAccessible(page);
    await picture(page, "desk-codes-360");
    await answer(page, "动态码", "6 位动态码", "000000", "确认启用");
    await page.getByRole("alert").getByText("不用重新扫").waitFor();
    await answer(page, "动态码", "6 位动态码", code(), "确认启用");
    await said(page, "动态码已启用");
    await signOut(page);
    await signIn(page, "checker");
    await page.getByRole("alert").getByText("动态验证码").waitFor();
    made.clock.now += 30_000;
    await signIn(page, "checker", code());
    await page.getByRole("navigation").waitFor();
  });

  it("links the city's identity and comes in through it", async () => {
    const page = await openPage(browser, office);
    // The provider's own pages ask for fonts of other houses.
    const elsewhere = (url: URL): boolean => !["localhost", "127.0.0.1"].includes(url.hostname);
    await page.route(elsewhere, (route) => route.fulfill({ status: 200, contentType: "text/css", body: "" }));
    const atProvider = async (login: string): Promise<void> => {
      await page.locator("input[name=login]").fill(login);
      await page.locator("input[name=password]").fill("x");
      await page.locator("button[type=submit]").click();
      await page.locator("input[name=prompt][value=consent]").waitFor({ state: "attached" });
      await page.locator("button[type=submit]").click();
    };
    await page.goto(`${base}/desk`);
    await expectAccessible(page);
    await picture(page, "desk-sign-in-1280");
    await page.getByRole("link", { name: "用统一认证" }).click();
    await atProvider("zhou");
    await page.getByRole("alert").getByText("还没有关联").waitFor();
    expect(new URL(page.url()).search).toBe("");
    await signIn(page, "intake");
    await openAccount(page);
    await page.getByRole("button", { name: "关联统一认证" }).click();
    await answer(page, "统一认证", "现在的密码", demoPassword, "继续");
    await said(page, "已关联");
    await signOut(page);
    await page.getByRole("link", { name: "用统一认证" }).click();
    await page.getByText("受理员小周").waitFor();
  });

  it("gives a key to a system that connects, in English, and stops it", async () => {
    const page = await openPage(browser, office);
    await signIn(page, "admin");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: "Open311 keys" }).click();
    await page.getByLabel("For whom").fill("FixMyStreet");
    await page.getByRole("button", { name: "Give a key" }).click();
    const key = (await page.locator("code.secret").textContent())!.replace("Key: ", "");
    await expectAccessible(page);
    await picture(page, "desk-keys-1280");
    const services = (): Promise<number> =>
      fetch(`${base}/open311/v2/services.xml?api_key=${key}`).then((answered) => answered.status);
    expect(await services()).toBe(200);
    await page.getByRole("button", { name: "Stop FixMyStreet" }).click();
    await page.getByText(/stopped/).waitFor();
    expect(await services()).toBe(403);
    await page.getByRole("button", { name: "Signing in" }).click();
    await page.getByRole("heading", { name: "Authenticator codes" }).waitFor();
    await expectAccessible(page);
  });

  it("joins, is given a role in one township, and chooses a password of her own", async () => {
    const admin = await openPage(browser, office);
    admin.on("dialog", (dialog) => void dialog.accept());
    await signIn(admin, "admin");
    await admin.getByRole("button", { name: "人员和权限" }).click();
    await admin.getByRole("button", { name: "加一个人" }).click();
    await admin.getByLabel("姓名", { exact: true }).fill("阿芬嫂");
    await admin.getByLabel(/用户名（/).fill("afen");
    await expectAccessible(admin);
    await admin.getByRole("button", { name: "加上" }).click();
    const password = (await admin.locator("code.secret").textContent())!.split("：")[1]!;
    await admin.getByRole("button", { name: "给权限：阿芬嫂" }).click();
    await admin.getByLabel("岗位").selectOption({ label: "派遣员" });
    await admin.getByLabel("范围：区域 舟山市").selectOption({ label: "普陀区" });
    await admin.getByLabel("范围：区域 普陀区").selectOption({ label: "沈家门街道" });
    await expectAccessible(admin);
    await picture(admin, "desk-people-1280");
    await admin.getByRole("button", { name: "给权限", exact: true }).click();
    await said(admin, "已给：派遣员 · 沈家门街道");

    const page = await openPage(browser, phone);
    await page.goto(`${base}/desk`);
    await page.getByLabel("用户名").fill("afen");
    await page.getByLabel("密码").fill(password);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("alert").getByText("别人替您设的密码").waitFor();
    await page.getByLabel("您自己的新密码").fill("渔火 潮水 新的 一天");
    await expectAccessible(page);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByText("阿芬嫂").waitFor();
    await openAccount(page);
    await page.getByRole("button", { name: "换密码" }).click();
    await page.getByLabel("现在的密码").fill("渔火 潮水 新的 一天");
    await page.getByLabel("新密码", { exact: true }).fill("礁石 灯塔 海鸥 归航");
    await page.getByLabel("再输一遍新密码").fill("礁石 灯塔 海鸥 归航");
    await page.getByRole("button", { name: "换密码" }).click();
    await said(page, "密码已换");
    await expectAccessible(page);

    await admin.getByRole("button", { name: "收回 派遣员 · 沈家门街道" }).click();
    await said(admin, "已收回");
    await page.reload();
    await openAccount(page);
    expect(await page.getByRole("button", { name: /^全部/ }).count()).toBe(0);
  });
});
