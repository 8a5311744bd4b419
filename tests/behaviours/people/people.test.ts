import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { openSession } from "../../../apps/server/src/features/sessions/commands.ts";
import { aReport, signedIn, useHouse, visitor, type Answer, type Person } from "../../support/house.ts";

const made = useHouse();
let admin: Person;

beforeAll(async () => {
  admin = await signedIn(made, "admin");
});

async function added(login: string, by = admin): Promise<{ id: string; password: string }> {
  const answer = await by.send("POST", "/api/admin/people", { id: randomUUID(), login, name: `${login}同志` });
  expect(answer.status).toBe(201);
  return answer.body;
}
const grant = (by: Person, id: string, right: object): Promise<Answer> =>
  by.send("POST", `/api/admin/people/${id}/grants`, right);
const signIn = (words: object): Promise<Answer> => visitor(made).send("POST", "/api/session", words);

/** Somebody signed in without a password: what is tested is what he may do. */
async function at(personId: string): Promise<Person> {
  const { token, csrf } = await openSession(made.house, { personId }, "test");
  return visitor(made, `linge_session=${token}`, csrf);
}
const putuo = "330903000000";

/** An administrator of one county. */
async function countyAdmin(login: string): Promise<Person> {
  const { id } = await added(login);
  await grant(admin, id, { role: "cityAdmin", area: putuo });
  return at(id);
}

describe("a new colleague", () => {
  it("is added, replaces the first password, and works within the reach that was given", async () => {
    const { id, password } = await added("fen");
    expect((await signIn({ login: "fen", password })).body.error.code).toBe("newPasswordNeeded");
    expect((await signIn({ login: "fen", password, newPassword: "fen-fen-fen-fen" })).body.error.code).toBe(
      "weakPassword",
    );
    expect((await signIn({ login: "fen", password, newPassword: "海浪拍着礁石啪啪响" })).body.error.code).toBe(
      "weakPassword",
    );
    const chosen = { login: "fen", password: "海浪 拍着 礁石 响了 一夜" };
    expect((await signIn({ login: "fen", password, newPassword: chosen.password })).status).toBe(200);
    expect((await signIn({ login: "fen", password })).status).toBe(401);
    expect((await signIn(chosen)).status).toBe(200);
    const fen = await at(id);
    expect((await fen.get("/api/queues")).status).toBe(403);
    expect((await grant(admin, id, { role: "dispatcher", area: putuo })).status).toBe(201);
    const inside = await visitor(made).send("POST", "/api/cases", aReport());
    const outside = await visitor(made).send("POST", "/api/cases", aReport({ place: { lon: 122.45, lat: 30.72 } }));
    expect((await fen.get(`/api/cases/${inside.body.id}`)).status).toBe(200);
    expect((await fen.get(`/api/cases/${outside.body.id}`)).body.error.code).toBe("outOfScope");
  });

  it("is there once, however often the form is sent", async () => {
    await added("twice");
    const again = await admin.send("POST", "/api/admin/people", { id: randomUUID(), login: "twice", name: "又一个" });
    expect([again.status, again.body.error.code]).toEqual([409, "loginTaken"]);
    const { id } = await added("gridder");
    const [one, two] = [
      await grant(admin, id, { role: "gridWorker", area: "330903001009" }),
      await grant(admin, id, { role: "gridWorker", area: "330903001009" }),
    ];
    expect(two.body.id).toBe(one.body.id);
  });

  it("has seven days for the first password", async () => {
    const { password } = await added("late");
    made.clock.now += 8 * 86_400_000;
    const late = await signIn({ login: "late", password, newPassword: "一条很长很长的新密码" });
    made.clock.now -= 8 * 86_400_000;
    expect(late.body.error.code).toBe("wrongSignIn");
  });
});

describe("rights", () => {
  it("end at once, and so does everything of whoever leaves; what was done stays on record", async () => {
    const { id } = await added("gone");
    const right = await grant(admin, id, { role: "dispatcher", area: putuo });
    const gone = await at(id);
    expect((await gone.get("/api/queues")).status).toBe(200);
    await admin.send("DELETE", `/api/admin/people/${id}/grants/${right.body.id}`);
    expect((await gone.get("/api/queues")).status).toBe(403);
    await grant(admin, id, { role: "checker", area: putuo });
    expect((await admin.send("POST", `/api/admin/people/${id}/leave`, {})).status).toBe(204);
    expect((await gone.get("/api/queues")).status).toBe(401);
    await admin.send("POST", `/api/admin/people/${id}/return`, {});
    const { body } = await admin.get("/api/admin/people?q=gone");
    expect(body.people).toMatchObject([{ login: "gone", left: false, grants: [] }]);
    const acts = await made.house.db
      .selectFrom("audit")
      .select(["action", "purpose"])
      .where("city_id", "=", made.house.cityId)
      .where("target", "=", id)
      .orderBy("id")
      .execute();
    expect(acts).toEqual([
      { action: "addPerson", purpose: "gone" },
      { action: "giveGrant", purpose: `dispatcher ${putuo}` },
      { action: "endGrant", purpose: `dispatcher ${putuo}` },
      { action: "giveGrant", purpose: `checker ${putuo}` },
      { action: "personLeaves", purpose: `checker ${putuo}` },
      { action: "personComesBack", purpose: null },
    ]);
  });

  it("are never one's own to give, nor the last administrator's to lose", async () => {
    const me = (await admin.get("/api/session")).body.person.id;
    expect((await grant(admin, me, { role: "dispatcher", area: "330900000000" })).body.error.code).toBe("ownRights");
    const { id } = await added("second");
    await grant(admin, id, { role: "cityAdmin", area: "330900000000" });
    const second = await at(id);
    const [own] = (await second.get("/api/admin/people?q=admin")).body.people;
    expect((await second.send("DELETE", `/api/admin/people/${me}/grants/${own.grants[0].id}`)).status).toBe(204);
    const { id: third } = await added("third", second);
    await grant(second, third, { role: "cityAdmin", area: putuo });
    expect((await second.send("POST", `/api/admin/people/${id}/leave`, {})).body.error.code).toBe("ownRights");
    await grant(second, me, { role: "cityAdmin", area: "330900000000" });
    await Promise.all([
      admin.send("POST", `/api/admin/people/${id}/leave`, {}),
      second.send("POST", `/api/admin/people/${me}/leave`, {}),
    ]);
    const left = await made.house.db
      .selectFrom("grants")
      .select("person_id")
      .where("city_id", "=", made.house.cityId)
      .where("role", "=", "cityAdmin")
      .where("area", "=", "330900000000")
      .execute();
    expect(left).toHaveLength(1);
    admin = await at(left[0]!.person_id);
  });

  it("have a reach that fits the role", async () => {
    const { id } = await added("reachless");
    for (const right of [
      { role: "dispatcher" },
      { role: "dispatcher", unitId: "330903-publicWorks" },
      { role: "unitHandler", area: putuo },
    ])
      expect((await grant(admin, id, right)).body.error.code).toBe("wrongReach");
    expect((await grant(admin, id, { role: "resident", area: putuo })).status).toBe(400);
    expect((await grant(admin, id, { role: "unitHandler", unitId: "nobody" })).body.error.code).toBe("unknownUnit");
    expect((await grant(admin, id, { role: "dispatcher", area: "330999000000" })).body.error.code).toBe("unknownArea");
  });

  it("of a county's administrator end at the county", async () => {
    const county = await countyAdmin("county");
    const { id } = await added("somebody");
    expect((await grant(county, id, { role: "dispatcher", area: putuo })).status).toBe(201);
    expect((await grant(county, id, { role: "dispatcher", area: "330922000000" })).body.error.code).toBe("outOfScope");
    expect((await grant(county, id, { role: "dispatcher", area: "330900000000" })).body.error.code).toBe("outOfScope");
    expect((await grant(county, id, { role: "unitHandler", unitId: "330922-publicWorks" })).body.error.code).toBe(
      "outOfScope",
    );
    const { id: city } = await added("citywide");
    await grant(admin, city, { role: "dispatcher", area: "330900000000" });
    for (const [method, path] of [
      ["POST", "reset"],
      ["POST", "leave"],
    ] as const)
      expect((await county.send(method, `/api/admin/people/${city}/${path}`, {})).body.error.code).toBe("outOfScope");
    const logins = (await county.get("/api/admin/people")).body.people.map(({ login }: { login: string }) => login);
    expect(logins).toContain("somebody");
    expect(logins).not.toContain("citywide");
  });
});

it("an administrator reads no case, and an account shows nothing of what its owner does", async () => {
  const reported = await visitor(made).send("POST", "/api/cases", aReport());
  for (const path of ["/api/queues", "/api/cases", `/api/cases/${reported.body.id}`])
    expect((await admin.get(path)).status).toBe(403);
  const { body } = await admin.get("/api/admin/people?q=dispatch");
  const shown = ["codes", "grants", "id", "left", "login", "name", "passkeys", "password"];
  expect(Object.keys(body.people[0]).sort()).toEqual(shown);
});

it("closes the door for ten minutes after twenty wrong passwords, whoever knocks", async () => {
  const { password } = await added("guessed");
  const guess = (): Promise<Answer> => signIn({ login: "guessed", password: "wrong" });
  for (let i = 0; i < 20; i += 1) expect((await guess()).status).toBe(401);
  expect((await guess()).body.error.code).toBe("passwordTriesOver");
  const right = { login: "guessed", password, newPassword: "礁石边上一盏灯火" + "亮着" };
  expect((await signIn(right)).body.error.code).toBe("passwordTriesOver");
  made.clock.now += 11 * 60_000;
  expect((await signIn(right)).status).toBe(200);
});

it("changes a password with the present one, which signs out everywhere else", async () => {
  const { id } = await added("changer");
  const [here, there] = [await at(id), await at(id)];
  const change = (words: object): Promise<Answer> => here.send("POST", "/api/credentials/password", words);
  const next = "渔火 潮水 新的 一天";
  expect((await change({ password: "wrong", next })).status).toBe(401);
  const { body } = await admin.send("POST", `/api/admin/people/${id}/reset`, {});
  const again = await at(id);
  const done = await again.send("POST", "/api/credentials/password", { password: body.password, next });
  expect(done.status).toBe(204);
  expect((await there.get("/api/sessions")).status).toBe(401);
  expect((await again.get("/api/sessions")).status).toBe(200);
  expect((await signIn({ login: "changer", password: next })).status).toBe(200);
});
