import { randomUUID } from "node:crypto";
import { roles, type Role } from "@linge/domain/access/role.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { mayCall } from "../../../apps/server/src/platform/http/access.ts";
import { openSession } from "../../../apps/server/src/features/sessions/commands.ts";
import { newId } from "../../../apps/server/src/platform/ids.ts";
import { dispatched, useHouse, visitor, type Person } from "../../support/house.ts";

const made = useHouse();
const people = new Map<string, Person>();

/** Somebody with one role, in Putuo or in Shengsi. */
async function staffWith(role: Role, where: "in" | "out"): Promise<Person> {
  const { house } = made;
  const id = newId();
  const county = where === "in" ? "330903" : "330922";
  await house.db
    .insertInto("people")
    .values({ city_id: house.cityId, id, login: `${role}-${where}`, name: role })
    .execute();
  const reach = role === "unitHandler" ? { unit_id: `${county}-publicWorks` } : { area: `${county}000000` };
  await house.db
    .insertInto("grants")
    .values({ city_id: house.cityId, id: newId(), person_id: id, role, ...reach })
    .execute();
  const { token, csrf } = await openSession(house, { personId: id }, "test");
  return visitor(made, `linge_session=${token}`, csrf);
}

let caseId = "";
/** Whoever walks these is signed out and could walk no further. */
const endsSession = new Set(["DELETE /api/session", "POST /me/out"]);

beforeAll(async () => {
  for (const role of roles)
    if (role !== "resident")
      for (const where of ["in", "out"] as const) people.set(`${role} ${where}`, await staffWith(role, where));
  caseId = (await dispatched(made)).id;
});

/** Addresses with their parameters filled in; streams are left out, they never end. */
function addressOf(url: string): string {
  return url
    .replace("/api/cases/:id", `/api/cases/${caseId}`)
    .replace(":token", "x".repeat(43))
    .replace(":number", "7K3A-482C")
    .replace(":code", "330903000000")
    .replace(":name", "facilities.streetLights")
    .replace(":document", "templates")
    .replace(":version", "1")
    .replace(":id", randomUUID())
    .replace(":level", "county")
    .replace(":z/:x/:y", "8/214/105")
    .replace(":file", "none.js")
    .replace("*", "x");
}

describe("every route, every role", () => {
  it("is classified", () => {
    expect(made.routes.length).toBeGreaterThan(40);
    expect(made.routes.filter((route) => !route.access)).toEqual([]);
  });

  it("of data for anybody but its owner says what it answers with, so that nothing else leaves", () => {
    const silent = made.routes.filter(
      ({ url, access, declaresAnswer }) => url.startsWith("/api/") && access === "anyone" && !declaresAnswer,
    );
    expect(silent.map(({ method, url }) => `${method} ${url}`)).toEqual([]);
  });

  it("turns away exactly those whom its class does not name", { timeout: 180_000 }, async () => {
    const wrong: string[] = [];
    for (const { method, url, access } of made.routes) {
      if (url === "/api/events" || endsSession.has(`${method} ${url}`)) continue;
      for (const [name, person] of people) {
        const role = name.split(" ")[0] as Role;
        const may = mayCall(access, { id: "x", kind: "staff", grants: [{ role }] });
        const answer =
          method === "GET" ? await person.get(addressOf(url)) : await person.send(method as "POST", addressOf(url), {});
        const turnedAway = answer.status === 403 && answer.body?.error?.code === "notAllowed";
        // A body that is not right is refused before rights are looked at; it never gets through either.
        if (may && turnedAway && !url.includes("/commands")) wrong.push(`${method} ${url}: ${name} should be let in`);
        if (!may && !turnedAway && answer.status !== 400) wrong.push(`${method} ${url}: ${name} got ${answer.status}`);
      }
      const stranger = visitor(made);
      const answer =
        method === "GET"
          ? await stranger.get(addressOf(url))
          : await stranger.send(method as "POST", addressOf(url), {});
      if (access !== "anyone" && answer.status !== 401 && answer.status !== 400)
        wrong.push(`${method} ${url}: a stranger got ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  });

  it("shows a case to those whose area or unit it is, and to nobody else", async () => {
    const seen = [];
    for (const [name, person] of people) if ((await person.get(`/api/cases/${caseId}`)).status === 200) seen.push(name);
    const readers = [
      "gridWorker",
      "gridLeader",
      "gridAdvisor",
      "intakeClerk",
      "filingOfficer",
      "dispatcher",
      "unitHandler",
      "checker",
      "emergencyAuthority",
      "privacyOfficer",
    ];
    expect(seen.sort()).toEqual(readers.map((role) => `${role} in`).sort());
  });

  it("masks the reporter until a purpose is stated, and records it", async () => {
    const person = people.get("dispatcher in")!;
    const masked = await person.get(`/api/cases/${caseId}`);
    expect(masked.text).not.toContain("13800001234");
    expect(masked.body.case.reporter.phone).toBe("138****1234");
    const look = (purpose: string) =>
      person.send("POST", `/api/cases/${caseId}/reporter`, { id: randomUUID(), purpose, note: "电话核实位置" });
    expect((await look("")).status).toBe(400);
    expect((await look("verify")).body.reporter.phone).toBe("13800001234");
    const looked = await made.house.db
      .selectFrom("access_records")
      .select(["purpose", "note", "role"])
      .where("city_id", "=", made.house.cityId)
      .where("subject", "=", caseId)
      .where("refused", "is", null)
      .execute();
    expect(looked).toEqual([{ purpose: "verify", note: "电话核实位置", role: "dispatcher" }]);
  });

  it("refuses a write with somebody's cookie but without his page's token", async () => {
    const person = people.get("dispatcher in")!;
    const forged = await visitor(made, person.cookie).send("POST", `/api/cases/${caseId}/commands`, {
      id: randomUUID(),
      type: "addInternalNote",
      text: "x",
    });
    expect(forged.body.error.code).toBe("forgedForm");
  });

  it("sees one city at a time, whatever a query forgets", async () => {
    const client = await made.house.pool.connect();
    try {
      await client.query("select set_config('app.city', 'another', false)");
      expect((await client.query("select count(*)::int as n from cases")).rows[0].n).toBe(0);
    } finally {
      client.release(true);
    }
  });

  it("cannot rewrite what was recorded", async () => {
    for (const statement of [
      "update case_events set type = 'x'",
      "delete from case_events",
      "delete from audit",
      "update commands set type = 'x'",
      "delete from cases",
    ])
      await expect(made.house.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  });
});
