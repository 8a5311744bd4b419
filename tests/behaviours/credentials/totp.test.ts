import { randomUUID } from "node:crypto";
import { TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { demoPassword } from "../../../apps/server/src/features/furnish/demoStaff.ts";
import { signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
const period = 30_000;
const codeOf = (secret: string, at = made.clock.now): string => new TOTP({ secret }).generate({ timestamp: at });
const wrongCode = (secret: string): string => String((Number(codeOf(secret)) + 1) % 1_000_000).padStart(6, "0");
const signIn = (login: string, totp?: string) =>
  visitor(made).send("POST", "/api/session", { login, password: demoPassword, ...(totp && { totp }) });

async function enrol(person: Person): Promise<string> {
  const { ticket, secret } = (await person.send("POST", "/api/credentials/totp/start", { password: demoPassword }))
    .body;
  const done = await person.send("POST", "/api/credentials/totp", { ticket, code: codeOf(secret) });
  expect(done.body).toEqual({ enrolled: true });
  made.clock.now += 2 * period;
  return secret;
}

describe("codes of an authenticator", () => {
  it("are asked for once they are set up, and not before a code was given", async () => {
    const person = await signedIn(made, "intake");
    const start = await person.send("POST", "/api/credentials/totp/start", { password: demoPassword });
    expect(start.body.uri).toMatch(/^otpauth:\/\/totp\/Linge%20Zhoushan:intake\?/);
    expect(start.body.qr).toMatch(/^data:image\/png;base64,/);
    expect((await signIn("intake")).status).toBe(200);
    const { secret, ticket } = start.body;
    const slip = await person.send("POST", "/api/credentials/totp", { ticket, code: wrongCode(secret) });
    expect(slip.body).toEqual({ enrolled: false, ticket: expect.stringMatching(/^[\w-]{43}$/) });
    const reused = await person.send("POST", "/api/credentials/totp", { ticket, code: codeOf(secret) });
    expect(reused.body.error.code).toBe("wrongCode");
    const done = await person.send("POST", "/api/credentials/totp", { ticket: slip.body.ticket, code: codeOf(secret) });
    expect(done.body).toEqual({ enrolled: true });
    expect((await person.get("/api/credentials")).body.totp).toBe(true);

    made.clock.now += period;
    expect((await signIn("intake")).body.error.code).toBe("secondFactorNeeded");
    expect((await signIn("intake", wrongCode(secret))).body.error.code).toBe("secondFactorNeeded");
    expect((await signIn("intake", codeOf(secret))).status).toBe(200);
  });

  it("work once each, also for whoever looked over a shoulder", async () => {
    const secret = await enrol(await signedIn(made, "leader"));
    const code = codeOf(secret);
    expect((await signIn("leader", code)).status).toBe(200);
    expect((await signIn("leader", code)).status).toBe(401);
    expect((await signIn("leader", codeOf(secret, made.clock.now - period))).status).toBe(401);
    made.clock.now += period;
    const together = await Promise.all([1, 2, 3, 4].map(() => signIn("leader", codeOf(secret))));
    expect(together.filter((answer) => answer.status === 200)).toHaveLength(1);
  });

  it("close the door for ten minutes after five wrong ones, from wherever they come", async () => {
    const secret = await enrol(await signedIn(made, "checker"));
    for (let i = 0; i < 5; i += 1) expect((await signIn("checker", wrongCode(secret))).status).toBe(401);
    expect((await signIn("checker", codeOf(secret))).status).toBe(429);
    made.clock.now += 11 * 60_000;
    expect((await signIn("checker", codeOf(secret))).status).toBe(200);
  });

  it("are set up and given up only by who knows the password or a code", async () => {
    const person = await signedIn(made, "grid");
    const refused = await person.send("POST", "/api/credentials/totp/start", { password: "guess" });
    expect([refused.status, refused.body.error.code]).toEqual([401, "wrongSignIn"]);
    const secret = await enrol(person);
    expect((await person.send("POST", "/api/credentials/totp/end", { code: wrongCode(secret) })).status).toBe(401);
    expect((await person.send("POST", "/api/credentials/totp/end", { code: codeOf(secret) })).status).toBe(204);
    expect((await signIn("grid")).status).toBe(200);
    expect((await person.send("POST", "/api/credentials/totp/end", { code: codeOf(secret) })).status).toBe(404);
  });

  it("end the other sessions of the person, and cannot be set up with somebody else's ticket", async () => {
    const [here, elsewhere, other] = [
      await signedIn(made, "filing"),
      await signedIn(made, "filing"),
      await signedIn(made, "dispatch"),
    ];
    const { ticket, secret } = (await other.send("POST", "/api/credentials/totp/start", { password: demoPassword }))
      .body;
    expect((await here.send("POST", "/api/credentials/totp", { ticket, code: codeOf(secret) })).status).toBe(401);
    await enrol(here);
    expect((await here.get("/api/queues")).status).toBe(200);
    expect((await elsewhere.get("/api/queues")).status).toBe(401);
  });

  it("are taken away by an administrator when the phone is lost, which signs the person out and is on record", async () => {
    const person = await signedIn(made, "privacy");
    await enrol(person);
    expect((await signIn("privacy")).status).toBe(401);
    const admin = await signedIn(made, "admin");
    const [{ id }] = (await admin.get("/api/admin/people?q=privacy")).body.people;
    const reset = await admin.send("POST", `/api/admin/people/${id}/reset`, {});
    expect(reset.status).toBe(200);
    expect((await person.get("/api/queues")).status).toBe(401);
    const words = { login: "privacy", password: reset.body.password, newPassword: "潮水退了又会涨上来" };
    expect((await visitor(made).send("POST", "/api/session", words)).body.error.code).toBe("weakPassword");
    const back = await visitor(made).send("POST", "/api/session", { ...words, newPassword: "潮水退了还会再涨上来" });
    expect(back.status).toBe(200);
    expect((await admin.send("POST", `/api/admin/people/${randomUUID()}/reset`, {})).status).toBe(404);
    expect((await person.send("POST", `/api/admin/people/${id}/reset`, {})).status).toBe(401);
    const acts = await made.house.db.selectFrom("audit").select("action").orderBy("id", "desc").limit(1).execute();
    expect(acts).toEqual([{ action: "changePassword" }]);
  });
});
