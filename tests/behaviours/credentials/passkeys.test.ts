import { describe, expect, it } from "vitest";
import { demoPassword } from "../../../apps/server/src/features/furnish/demoStaff.ts";
import { signedIn, useHouse, visitor, type Answer, type Person } from "../../support/house.ts";
import { Authenticator } from "./authenticator.ts";

const made = useHouse();
const site = "http://localhost:8080";

async function add(person: Person, phone: Authenticator): Promise<Answer> {
  const { ticket, options } = (await person.send("POST", "/api/credentials/passkeys/start", { password: demoPassword }))
    .body;
  return person.send("POST", "/api/credentials/passkeys", { ticket, response: phone.register(options) });
}

async function signIn(phone: Authenticator): Promise<Answer> {
  const { ticket, options } = (await visitor(made).send("POST", "/api/session/passkey/start")).body;
  return visitor(made).send("POST", "/api/session/passkey", { ticket, response: phone.signIn(options) });
}

async function whoIs(answer: Answer): Promise<string | undefined> {
  const cookie = String([answer.headers["set-cookie"]].flat()[0]).split(";")[0]!;
  return (await visitor(made, cookie).get("/api/session")).body.person?.login;
}

describe("a passkey", () => {
  it("signs its owner in without name or password, again and again", async () => {
    const person = await signedIn(made, "dispatch");
    const phone = new Authenticator(site);
    expect((await signIn(phone)).status).toBe(401);
    expect((await add(person, phone)).status).toBe(201);
    expect((await person.get("/api/credentials")).body.passkeys).toEqual([
      { id: phone.id, createdAt: expect.any(String) },
    ]);
    for (let i = 0; i < 2; i += 1) {
      const answer = await signIn(phone);
      expect(answer.status).toBe(200);
      expect(await whoIs(answer)).toBe("dispatch");
      const cookie = String([answer.headers["set-cookie"]].flat()[0]).split(";")[0]!;
      expect((await visitor(made, cookie, answer.body.csrf).get("/api/queues")).status).toBe(200);
    }
  });

  it("stands for both factors: who has set codes up is not asked for one", async () => {
    const person = await signedIn(made, "intake");
    const phone = new Authenticator(site);
    await add(person, phone);
    await made.house.pool.query("update people set totp_secret = 'JBSWY3DPEHPK3PXP' where login = 'intake'");
    expect(await whoIs(await signIn(phone))).toBe("intake");
  });

  it("is refused from another site, without its owner's finger, from a copy, and as a replay", async () => {
    const person = await signedIn(made, "checker");
    const phone = new Authenticator(site);
    await add(person, phone);
    phone.origin = "https://1inge.example";
    expect((await signIn(phone)).body.error.code).toBe("wrongSignIn");
    phone.origin = site;
    phone.verifies = false;
    expect((await signIn(phone)).status).toBe(401);
    phone.verifies = true;
    const { ticket, options } = (await visitor(made).send("POST", "/api/session/passkey/start")).body;
    const sent = { ticket, response: phone.signIn(options) };
    expect((await visitor(made).send("POST", "/api/session/passkey", sent)).status).toBe(200);
    expect((await visitor(made).send("POST", "/api/session/passkey", sent)).status).toBe(401);
    phone.rewind();
    expect((await signIn(phone)).status).toBe(401);
    const other = new Authenticator(site);
    const stolen = (await visitor(made).send("POST", "/api/session/passkey/start")).body;
    const forged = { ...other.signIn(stolen.options), id: phone.id, rawId: phone.id };
    const refused = await visitor(made).send("POST", "/api/session/passkey", {
      ticket: stolen.ticket,
      response: forged,
    });
    expect(refused.status).toBe(401);
  });

  it("waits ten minutes for its answer and no longer", async () => {
    const person = await signedIn(made, "leader");
    const phone = new Authenticator(site);
    await add(person, phone);
    const { ticket, options } = (await visitor(made).send("POST", "/api/session/passkey/start")).body;
    made.clock.now += 11 * 60_000;
    const late = await visitor(made).send("POST", "/api/session/passkey", { ticket, response: phone.signIn(options) });
    expect(late.status).toBe(401);
  });

  it("is added only with the password and by the person who asked, once", async () => {
    const [person, other] = [await signedIn(made, "grid"), await signedIn(made, "filing")];
    const phone = new Authenticator(site);
    expect((await person.send("POST", "/api/credentials/passkeys/start", { password: "guess" })).status).toBe(401);
    expect((await visitor(made).send("POST", "/api/credentials/passkeys/start", {})).status).toBe(401);
    const asked = { password: demoPassword };
    const { ticket, options } = (await person.send("POST", "/api/credentials/passkeys/start", asked)).body;
    const response = phone.register(options);
    const stolen = await other.send("POST", "/api/credentials/passkeys", { ticket, response });
    expect(stolen.body.error.code).toBe("wrongCode");
    expect((await person.send("POST", "/api/credentials/passkeys", { ticket, response })).status).toBe(401);
    expect((await add(person, phone)).status).toBe(201);
    expect((await add(other, phone)).body.error.code).toBe("wrongCode");
    expect(await whoIs(await signIn(phone))).toBe("grid");
  });

  it("works no more once its owner removes it or leaves, and nobody else can remove it", async () => {
    const [person, other] = [await signedIn(made, "privacy"), await signedIn(made, "admin")];
    const [phone, laptop] = [new Authenticator(site), new Authenticator(site)];
    await add(person, phone);
    await add(person, laptop);
    expect((await other.send("DELETE", `/api/credentials/passkeys/${phone.id}`)).status).toBe(404);
    expect((await person.send("DELETE", `/api/credentials/passkeys/${phone.id}`)).status).toBe(204);
    expect((await signIn(phone)).status).toBe(401);
    expect(await whoIs(await signIn(laptop))).toBe("privacy");
    await made.house.pool.query("update people set left_at = now() where login = 'privacy'");
    expect((await signIn(laptop)).status).toBe(401);
  });

  it("says what is not right with an answer that is none", async () => {
    const { ticket } = (await visitor(made).send("POST", "/api/session/passkey/start")).body;
    for (const body of [{}, { ticket }, { ticket: "x", response: {} }, { ticket, response: { id: "<script>" } }])
      expect((await visitor(made).send("POST", "/api/session/passkey", body)).status).toBe(400);
  });
});
