import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoPassword } from "../../../apps/server/src/features/furnish/demoStaff.ts";
import { signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
const publicUrl = "http://localhost:8080";
let server: Server;

/** A certified OpenID provider on this machine, with its own sign-in and consent pages: any name is somebody. */
beforeAll(async () => {
  const { Provider } = (await import("oidc-provider" as string)) as {
    Provider: new (issuer: string, options: object) => { callback(): Parameters<typeof createServer>[1] };
  };
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = {
    client_id: "linge",
    client_secret: "a-secret-of-the-city",
    redirect_uris: [`${publicUrl}/auth/oidc/back`],
  };
  const provider = new Provider(issuer, {
    clients: [client],
    cookies: { keys: ["for tests"] },
    findAccount: (_context: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
  });
  server.on("request", provider.callback() as never);
  made.house.config.oidc = { issuer, clientId: "linge", clientSecret: client.client_secret, name: "政务统一认证" };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

type Browser = { cookies: Map<string, string> };

function keep(browser: Browser, headers: readonly string[]): void {
  for (const header of headers) {
    const [name, ...value] = header.split(";")[0]!.split("=");
    browser.cookies.set(name!, value.join("="));
  }
}
const cookieOf = (browser: Browser): string =>
  [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");

/** Signs in and agrees at the provider. @returns the address to which it sends the browser back */
async function atProvider(start: string, login: string): Promise<string> {
  const browser: Browser = { cookies: new Map() };
  let next: { url: string; body?: string } = { url: start };
  for (let steps = 0; steps < 12; steps += 1) {
    const answer = await fetch(next.url, {
      method: next.body ? "POST" : "GET",
      redirect: "manual",
      headers: {
        cookie: cookieOf(browser),
        ...(next.body && { "content-type": "application/x-www-form-urlencoded" }),
      },
      body: next.body,
    });
    keep(browser, answer.headers.getSetCookie());
    const location = answer.headers.get("location");
    if (location?.startsWith(publicUrl)) return location.slice(publicUrl.length);
    if (location) next = { url: new URL(location, next.url).href };
    else {
      const page = await answer.text();
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (!prompt) throw new Error(`${answer.status} ${page}`);
      next = { url: next.url, body: new URLSearchParams({ prompt, login, password: "x" }).toString() };
    }
  }
  throw new Error("the provider never sent the browser back");
}

async function visit(browser: Browser, url: string): Promise<string> {
  const answer = await made.app.inject({ url, headers: { cookie: cookieOf(browser) } });
  keep(browser, [answer.headers["set-cookie"] ?? []].flat());
  expect(answer.statusCode).toBe(303);
  return String(answer.headers.location);
}

/** A whole visit from the desk's page. @returns where it ends and as whom */
async function signInAs(login: string): Promise<{ end: string; person?: { login: string } }> {
  const browser: Browser = { cookies: new Map() };
  const back = await atProvider(await visit(browser, "/auth/oidc/start"), login);
  const end = await visit(browser, back);
  return { end, person: (await visitor(made, cookieOf(browser)).get("/api/session")).body.person };
}

async function link(person: Person, login: string): Promise<string> {
  const answer = await person.send("POST", "/api/credentials/identity", { password: demoPassword });
  const browser: Browser = { cookies: new Map() };
  keep(browser, [person.cookie, ...([answer.headers["set-cookie"]].flat() as string[])]);
  return visit(browser, await atProvider(answer.body.url, login));
}

describe("signing in through the city's identity provider", () => {
  it("knows nobody before he has linked his identity, and him ever after", async () => {
    expect(await signInAs("chen")).toEqual({ end: "/desk?signIn=unknown", person: undefined });
    const desk = await signedIn(made, "dispatch");
    expect((await desk.get("/api/credentials")).body.identity).toEqual({ name: "政务统一认证", linked: false });
    expect(await link(desk, "chen")).toBe("/desk?signIn=linked");
    expect((await desk.get("/api/credentials")).body.identity.linked).toBe(true);
    const { end, person } = await signInAs("chen");
    expect([end, person!.login]).toEqual(["/desk", "dispatch"]);
    expect((await signInAs("somebody-else")).end).toBe("/desk?signIn=unknown");
  });

  it("gives an identity to one person only", async () => {
    const other = await signedIn(made, "intake");
    expect(await link(other, "chen")).toBe("/desk?signIn=failed");
    expect((await signInAs("chen")).person!.login).toBe("dispatch");
  });

  it("lets nobody in who has left, or who unlinked", async () => {
    const filing = await signedIn(made, "filing");
    await link(filing, "zheng");
    expect((await signInAs("zheng")).person!.login).toBe("filing");
    expect((await filing.send("DELETE", "/api/credentials/identity")).status).toBe(204);
    expect((await signInAs("zheng")).end).toBe("/desk?signIn=unknown");
    await link(filing, "zheng");
    await made.house.pool.query("update people set left_at = now() where login = 'filing'");
    expect((await signInAs("zheng")).end).toBe("/desk?signIn=unknown");
  });

  it("asks for the password before it links", async () => {
    const leader = await signedIn(made, "leader");
    const refused = await leader.send("POST", "/api/credentials/identity", { password: "guess" });
    expect([refused.status, refused.body.error.code]).toEqual([401, "wrongSignIn"]);
    expect((await visitor(made).send("POST", "/api/credentials/identity", {})).status).toBe(401);
  });

  it("takes an answer once, only in the browser that asked, and only with the state it was given", async () => {
    const [mine, thief]: Browser[] = [{ cookies: new Map() }, { cookies: new Map() }];
    const back = await atProvider(await visit(mine!, "/auth/oidc/start"), "chen");
    expect(await visit(thief!, back)).toBe("/desk?signIn=failed");
    const again = new Map(mine!.cookies);
    expect(await visit(mine!, back)).toBe("/desk");
    expect(await visit({ cookies: again }, back)).toBe("/desk?signIn=failed");
    const forged: Browser = { cookies: new Map() };
    const other = await atProvider(await visit(forged, "/auth/oidc/start"), "chen");
    expect(await visit(forged, other.replace(/state=[^&]+/, "state=x"))).toBe("/desk?signIn=failed");
    const stranger: Browser = { cookies: new Map() };
    const code = await atProvider(await visit(stranger, "/auth/oidc/start"), "chen");
    expect(await visit(stranger, code.replace(/code=[^&]+/, "code=x"))).toBe("/desk?signIn=failed");
  });

  it("links only in the session that began it", async () => {
    const [one, two] = [await signedIn(made, "checker"), await signedIn(made, "grid")];
    const answer = await one.send("POST", "/api/credentials/identity", { password: demoPassword });
    const browser: Browser = { cookies: new Map() };
    keep(browser, [two.cookie, ...([answer.headers["set-cookie"]].flat() as string[])]);
    expect(await visit(browser, await atProvider(answer.body.url, "feng"))).toBe("/desk?signIn=failed");
    expect((await signInAs("feng")).end).toBe("/desk?signIn=unknown");
  });

  it("says so when the provider is away, and finds it when it is back", async () => {
    const known = made.house.config.oidc!;
    made.house.config.oidc = { ...known, issuer: "http://127.0.0.1:9" };
    expect(await visit({ cookies: new Map() }, "/auth/oidc/start")).toBe("/desk?signIn=failed");
    made.house.config.oidc = known;
    expect((await signInAs("chen")).end).toBe("/desk");
    delete made.house.config.oidc;
    expect((await visitor(made).get("/auth/oidc/start")).status).toBe(404);
    expect((await visitor(made).get("/api/session")).body.identityProvider).toBeUndefined();
    made.house.config.oidc = known;
  });
});
