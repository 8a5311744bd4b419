import type { Grant } from "@linge/domain/access/scope.ts";
import { seedUnits } from "@linge/domain/routing/seedUnits.ts";
import { hashPassword } from "../../platform/auth/secrets.ts";
import type { OpenDatabase } from "../../platform/db/database.ts";
import { newId } from "../../platform/ids.ts";

/** Somebody to sign in as in the demo city. */
export type DemoPerson = { login: string; name: string; unitId?: string; grants: Grant[] };

/** Everybody's password in the demo city; the start page says so. */
export const demoPassword = "linge-demo-2026";

const city = "330900000000";
/** Where the story of the demo begins: Shenjiamen, and a community of it. */
const shenjiamen = "330903001000";
const duntou = "330903001009";

/** One person for each role; areas and units are those of the demo's story in Putuo. */
export const demoPeople: DemoPerson[] = [
  { login: "intake", name: "受理员小周", grants: [{ role: "intakeClerk", area: city }] },
  { login: "filing", name: "立案员老郑", grants: [{ role: "filingOfficer", area: city }] },
  {
    login: "dispatch",
    name: "派遣员小林",
    grants: [
      { role: "dispatcher", area: city },
      { role: "filingOfficer", area: city },
    ],
  },
  { login: "checker", name: "核查员阿芬", grants: [{ role: "checker", area: city }] },
  { login: "grid", name: "网格员阿海", grants: [{ role: "gridWorker", area: duntou }] },
  { login: "leader", name: "网格长老陈", grants: [{ role: "gridLeader", area: shenjiamen }] },
  { login: "admin", name: "管理员", grants: [{ role: "cityAdmin", area: city }] },
  { login: "auditor", name: "审计员", grants: [{ role: "auditor", area: city }] },
  { login: "privacy", name: "隐私官", grants: [{ role: "privacyOfficer", area: city }] },
  { login: "auditor", name: "审计员", grants: [{ role: "auditor", area: city }] },
  ...seedUnits.map((unit): DemoPerson => ({
    login: unit.id,
    name: `${unit.zh}经办`,
    unitId: unit.id,
    grants: [{ role: "unitHandler", unitId: unit.id }],
  })),
];

/** Adds the demo's people, all with the same published password. */
export async function addDemoStaff(opened: OpenDatabase): Promise<void> {
  const password_hash = await hashPassword(demoPassword);
  const people = demoPeople.map((person) => ({
    city_id: opened.cityId,
    id: newId(),
    login: person.login,
    name: person.name,
    unit_id: person.unitId ?? null,
    password_hash,
  }));
  await opened.db
    .insertInto("people")
    .values(people)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const kept = await opened.db
    .selectFrom("people")
    .select(["id", "login"])
    .where("city_id", "=", opened.cityId)
    .execute();
  const idOf = new Map(kept.map((row) => [row.login, row.id]));
  const granted = await opened.db
    .selectFrom("grants")
    .select("id")
    .where("city_id", "=", opened.cityId)
    .executeTakeFirst();
  if (granted) return;
  const grants = demoPeople.flatMap((person) =>
    person.grants.map((grant) => ({
      city_id: opened.cityId,
      id: newId(),
      person_id: idOf.get(person.login)!,
      role: grant.role,
      area: grant.area ?? null,
      unit_id: grant.unitId ?? null,
    })),
  );
  await opened.db.insertInto("grants").values(grants).execute();
}
