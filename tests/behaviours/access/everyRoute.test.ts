import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { roles, type Role } from "@linge/domain/access/role.ts";
import { beforeAll, describe, expect, it } from "vitest";
import type { RouteAccess } from "../../../apps/server/src/platform/http/access.ts";
import { openSession } from "../../../apps/server/src/features/sessions/commands.ts";
import { settleAll } from "../../../apps/server/src/features/tallies/settle.ts";
import { newId } from "../../../apps/server/src/platform/ids.ts";
import { dispatched, give, signedIn, useHouse, visitor, type Answer, type Person } from "../../support/house.ts";
import { probes, type Fixture } from "./probes.ts";
import { reaches, rowOf } from "./reaches.ts";

const made = useHouse();
/** Every role, in Putuo (`in`) and in Shengsi (`out`); residents: the one who reported, and another. */
const people = new Map<string, Person>();
let fixture: Fixture;

async function staffWith(role: Role, where: "in" | "out"): Promise<Person> {
  const { house } = made;
  const id = newId();
  const county = where === "in" ? "330903" : "330922";
  await house.db
    .insertInto("people")
    .values({ city_id: house.cityId, id, login: `${role}-${where}`.toLowerCase(), name: role })
    .execute();
  const reach = role === "unitHandler" ? { unit_id: `${county}-publicWorks` } : { area: `${county}000000` };
  await house.db
    .insertInto("grants")
    .values({ city_id: house.cityId, id: newId(), person_id: id, role, ...reach })
    .execute();
  const { token, csrf } = await openSession(house, { personId: id }, "test");
  return visitor(made, `linge_session=${token}`, csrf);
}

async function resident(phone: string): Promise<Person> {
  const { house } = made;
  const row = { city_id: house.cityId, id: newId(), phone };
  await house.db.insertInto("residents").values(row).execute();
  const { token, csrf } = await openSession(house, { residentId: row.id }, "test");
  return visitor(made, `linge_session=${token}`, csrf);
}

beforeAll(async () => {
  people.set("resident in", await resident("13800000001"));
  people.set("resident out", await resident("13800000002"));
  for (const role of roles)
    if (role !== "resident")
      for (const where of ["in", "out"] as const) people.set(`${role} ${where}`, await staffWith(role, where));
  const { id, number } = await dispatched(made);
  await settleAll(made.house);
  // The tile of zoom 14 that holds 122.3, 29.95.
  fixture = { caseId: id, number, township: "330903001000", tile: "14/13758/6762" };
});

const routeName = ({ method, url }: { method: string; url: string }): string => `${method} ${url}`;
/** Whoever walks these is signed out and could walk no further. */
const endsSession = new Set(["DELETE /api/session", "POST /me/out"]);

/** Addresses with their parameters filled in. */
function addressOf(url: string): string {
  return url
    .replace("/api/cases/:id", `/api/cases/${fixture.caseId}`)
    .replace(":token", "x".repeat(43))
    .replace(":number", "7K3A-482C")
    .replace(":code", "330903000000")
    .replace(":name", "facilities.streetLights")
    .replace(":document", "templates")
    .replace(":version", "1")
    .replace(/:(id|grantId)/g, randomUUID())
    .replace(":level", "county")
    .replace(":z/:x/:y", "8/214/105")
    .replace(":file", "none.js")
    .replace("*", "x");
}

const call = (person: Person, method: string, url: string): Promise<Answer> =>
  method === "GET" ? person.get(addressOf(url)) : person.send(method as "POST", addressOf(url), {});

/** Who may call a route, said anew and not taken from the code that is tested. */
function lets(access: RouteAccess, role: Role): boolean {
  if (access === "anyone" || access === "signedIn") return true;
  return role !== "resident" && (access === "staff" || access.includes(role));
}

describe("every route", () => {
  it("is classified by its reach, and every row of the table is about a route", () => {
    const names = made.routes.map(routeName);
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => !rowOf(name))).toEqual([]);
    const used = new Set(names.map((name) => rowOf(name)?.[0]));
    expect(reaches.map(([pattern]) => pattern).filter((pattern) => !used.has(pattern))).toEqual([]);
  });

  it("asks who is calling, unless it shows everybody the same or the address is the key", () => {
    const wrong = made.routes.filter((route) => {
      const [, reach] = rowOf(routeName(route))!;
      const open = route.access === "anyone";
      return reach === "area" || reach === "city" ? open && route.url !== "/photos/:id" : reach !== "own" && !open;
    });
    expect(wrong.map(routeName)).toEqual([]);
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
      // What is open to all is open wherever one is.
      const callers = [...people].filter(([name]) => access !== "anyone" || name.endsWith(" in"));
      const answers = await Promise.all(
        callers.map(async ([name, person]) => ({ name, answer: await call(person, method, url) })),
      );
      for (const { name, answer } of answers) {
        const may = lets(access, name.split(" ")[0] as Role);
        const turnedAway = answer.status === 403 && answer.body?.error?.code === "notAllowed";
        // A body that is not right is refused before rights are looked at; it never gets through either.
        if (may && turnedAway && !url.includes("/commands")) wrong.push(`${method} ${url}: ${name} should be let in`);
        if (!may && !turnedAway && answer.status !== 400) wrong.push(`${method} ${url}: ${name} got ${answer.status}`);
      }
      const answer = await call(visitor(made), method, url);
      if (access !== "anyone" && answer.status !== 401 && answer.status !== 400)
        wrong.push(`${method} ${url}: a stranger got ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe("a route that reaches an area", () => {
  it("is tried from inside and from outside, or has a test of its own that tries it", () => {
    const unproven = made.routes.map(routeName).filter((name) => {
      const [, reach, proof] = rowOf(name)!;
      return reach === "area" && !probes.some(({ route }) => route === name) && !(proof && existsSync(proof));
    });
    expect(unproven).toEqual([]);
  });

  it.each(probes)("$route: those of the area get at it, and nobody else", async ({ roles: named, reached }) => {
    const got: string[] = [];
    for (const [name, person] of people) if (await reached(person, fixture)) got.push(name);
    expect(got.sort()).toEqual(named.map((role) => `${role} in`).sort());
  });

  it("tells of changes in the area, and of no others", async () => {
    await made.app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = made.app.server.address() as AddressInfo;
    const streams = await Promise.all(
      ["dispatcher in", "dispatcher out"].map(async (name) => {
        const answer = await fetch(`http://127.0.0.1:${port}/api/events`, {
          headers: { cookie: people.get(name)!.cookie },
        });
        return answer.body!.pipeThrough(new TextDecoderStream()).getReader();
      }),
    );
    for (const stream of streams) expect((await stream.read()).value).toContain("retry");
    await give(people.get("dispatcher in")!, fixture.caseId, { type: "addInternalNote", text: "有人听着" });
    const [inside, outside] = streams;
    expect((await inside!.read()).value).toContain(fixture.caseId);
    const silence = new Promise((resolve) => setTimeout(() => resolve("nothing"), 200));
    expect(await Promise.race([outside!.read(), silence])).toBe("nothing");
    for (const stream of streams) await stream.cancel();
  });
});

it("masks the reporter until a purpose is stated, and records it", async () => {
  const { id } = await dispatched(made);
  const person = people.get("dispatcher in")!;
  const masked = await person.get(`/api/cases/${id}`);
  expect(masked.text).not.toContain("13800001234");
  expect(masked.body.case.reporter.phone).toBe("138****1234");
  const look = (purpose: string): Promise<Answer> =>
    person.send("POST", `/api/cases/${id}/reporter`, { id: randomUUID(), purpose, note: "电话核实位置" });
  expect((await look("")).status).toBe(400);
  expect((await look("verify")).body.reporter.phone).toBe("13800001234");
  const looked = await made.house.db
    .selectFrom("access_records")
    .select(["purpose", "note", "role"])
    .where("city_id", "=", made.house.cityId)
    .where("subject", "=", id)
    .where("refused", "is", null)
    .execute();
  expect(looked).toEqual([{ purpose: "verify", note: "电话核实位置", role: "dispatcher" }]);
});

it("refuses a write with somebody's cookie but without his page's token", async () => {
  const person = await signedIn(made, "dispatch");
  const forged = await give(visitor(made, person.cookie), fixture.caseId, { type: "addInternalNote", text: "x" });
  expect(forged.body.error.code).toBe("forgedForm");
});
