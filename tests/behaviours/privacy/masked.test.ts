import { roles } from "@linge/domain/access/role.ts";
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { openSession } from "../../../apps/server/src/features/sessions/commands.ts";
import { newId } from "../../../apps/server/src/platform/ids.ts";
import { aReport, give, signedIn, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
const people = new Map<string, Person>();
/** What must not be read by anybody who has not said why. */
const secrets = [
  "13677778888",
  "欧阳静",
  "13955556666",
  "330903198001012233",
  "浙L98765",
  "01a214e2-0000-7000-8000-000000000001",
];
const [phone, name, otherPhone, identity, plate, residentId] = secrets as [
  string,
  string,
  string,
  string,
  string,
  string,
];
let caseId = "";
let number = "";

beforeAll(async () => {
  const { house } = made;
  for (const role of roles) {
    if (role === "resident") continue;
    const id = newId();
    await house.db
      .insertInto("people")
      .values({ city_id: house.cityId, id, login: `all-${role}`, name: role })
      .execute();
    const reach = role === "unitHandler" ? { unit_id: "330903-publicWorks" } : { area: house.config.city.code };
    await house.db
      .insertInto("grants")
      .values({ city_id: house.cityId, id: newId(), person_id: id, role, ...reach })
      .execute();
    const { token, csrf } = await openSession(house, { personId: id }, "test");
    people.set(role, visitor(made, `linge_session=${token}`, csrf));
  }
  await house.db.insertInto("residents").values({ city_id: house.cityId, id: residentId, phone }).execute();
  const session = await openSession(house, { residentId }, "test");
  const resident = visitor(made, `linge_session=${session.token}`, session.csrf);
  const report = aReport({
    text: `路灯不亮，打 ${otherPhone} 问过，证件 ${identity}，车 ${plate}`,
    reporter: { name, phone, wantsContact: true },
  });
  ({ id: caseId, number } = (await resident.send("POST", "/api/cases", report)).body);
  const desk = await signedIn(made, "dispatch");
  await give(desk, caseId, { type: "addInformation", text: `他又打来，号码 ${otherPhone}` });
  await give(desk, caseId, { type: "file" });
  await give(desk, caseId, { type: "dispatch", lead: "330903-publicWorks", assist: [] });
  await give(desk, caseId, { type: "publish", text: `路灯不亮，${otherPhone}，${plate}` });
});

const addressOf = (url: string): string =>
  url
    .replace("/api/cases/:id", `/api/cases/${caseId}`)
    .replace(":number", number)
    .replace(":token", "x".repeat(43))
    .replace(":code", "330903000000")
    .replace(":id", randomUUID())
    .replace("*", "x");

describe("nobody reads who reported without saying why", () => {
  it("in any answer to any question, in any role", async () => {
    const leaks: string[] = [];
    let asked = 0;
    for (const { method, url } of made.routes) {
      if (method !== "GET" || url === "/api/events") continue;
      for (const [role, person] of [...people, ["stranger", visitor(made)] as const]) {
        const { status, text } = await person.get(addressOf(url));
        if (status === 200) asked += 1;
        for (const secret of secrets) if (text.includes(secret)) leaks.push(`${url} tells ${role} ${secret}`);
      }
    }
    expect(leaks).toEqual([]);
    expect(asked).toBeGreaterThan(100);
  });

  it("after a command, in a list, on a phone, or through a connected system", async () => {
    const leaks: string[] = [];
    const answers: [string, string][] = [];
    for (const [role, person] of people) {
      const branch = randomUUID();
      const note = await give(person, caseId, { type: "addInternalNote", text: "看过了" });
      const pull = { protocol: { major: 1, minor: 0 }, cursor: "", limit: 100, answered: { [branch]: 0 } };
      answers.push([`note by ${role}`, note.text]);
      answers.push([`search by ${role}`, (await person.get(`/api/cases?q=${encodeURIComponent("路灯")}`)).text]);
      answers.push([`phone of ${role}`, (await person.send("POST", "/api/sync/pull", pull)).text]);
      answers.push([
        `preview by ${role}`,
        (
          await person.send("POST", "/api/cases/bulk", {
            preview: true,
            caseIds: [caseId],
            command: { id: randomUUID(), type: "accept" },
          })
        ).text,
      ]);
    }
    answers.push(["Open311", (await visitor(made).get("/open311/v2/requests.json")).text]);
    answers.push(["public", (await visitor(made).get("/api/public/cases")).text]);
    for (const [what, text] of answers)
      for (const secret of secrets) if (text.includes(secret)) leaks.push(`${what}: ${secret}`);
    expect(leaks).toEqual([]);
    expect(answers.filter(([, text]) => text.includes(caseId)).length).toBeGreaterThan(15);
  });

  it("and reads all of it with a purpose", async () => {
    const { body } = await people
      .get("dispatcher")!
      .send("POST", `/api/cases/${caseId}/reporter`, { id: randomUUID(), purpose: "contact" });
    expect(body.reporter).toMatchObject({ name, phone });
    expect(body.reporter.residentId).toBeUndefined();
    expect(body.text).toContain(identity);
  });
});
