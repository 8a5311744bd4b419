import type { Actor, Grant } from "@linge/domain/access/scope.ts";
import { whyNotGrant, whyNotManage } from "@linge/domain/access/granting.ts";
import { refuse, type LingeError } from "@linge/domain/error/catalogue.ts";
import { randomInt } from "node:crypto";
import { sql } from "kysely";
import { hashPassword } from "../../platform/auth/secrets.ts";
import type { Tx } from "../../platform/db/database.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { newId } from "../../platform/ids.ts";
import { areaOfUnit, grantsOf } from "./queries.ts";

const temporaryDays = 7;
// Without letters and digits that are mistaken for each other when a password is read out.
const alphabet = "abcdefghjkmnpqrstuvwxyz346789";

/** A password to be told to somebody once: 16 characters in four groups, 77 bits. */
function temporaryPassword(): string {
  const signs = Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]!).join("");
  return signs.match(/.{4}/g)!.join("-");
}

const temporaryUntil = (house: House): string => new Date(house.clock() + temporaryDays * 86_400_000).toISOString();

function passing(problem: LingeError | undefined): void {
  if (problem) throw new Refusal(problem);
}

async function audit(tx: Tx, house: House, by: Actor, action: string, target: string, purpose?: string): Promise<void> {
  await tx
    .insertInto("audit")
    .values({ city_id: house.cityId, id: newId(), actor_id: by.id, actor_role: "cityAdmin", action, target, purpose })
    .execute();
}

/** @throws Refusal notFound, outOfScope for somebody whose rights reach beyond the administrator's, ownRights for himself */
async function manageable(house: House, by: Actor, personId: string): Promise<Grant[]> {
  const person = await house.db
    .selectFrom("people")
    .select("id")
    .where("city_id", "=", house.cityId)
    .where("id", "=", personId)
    .executeTakeFirst();
  if (!person) throw new Refusal(refuse("notFound", { what: "person" }));
  if (by.id === personId) throw new Refusal(refuse("ownRights", {}));
  const grants = await grantsOf(house, personId);
  passing(whyNotManage(by, grants, areaOfUnit(house)));
  return grants;
}

type NewPerson = { id: string; login: string; name: string; unitId?: string };

/** Adds somebody to the staff, with a password that he replaces when he first signs in. @throws Refusal loginTaken, unknownUnit */
export async function addPerson(house: House, by: Actor, person: NewPerson): Promise<{ id: string; password: string }> {
  const { id, login, name, unitId } = person;
  if (unitId && !house.territory.unit(unitId)) throw new Refusal(refuse("unknownUnit", { unit: unitId }));
  const password = temporaryPassword();
  const row = { id, login, name, unit_id: unitId ?? null, password_hash: await hashPassword(password) };
  await house.db.transaction().execute(async (tx) => {
    const added = await tx
      .insertInto("people")
      .values({ city_id: house.cityId, ...row, password_temporary_until: temporaryUntil(house) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (!added.numInsertedOrUpdatedRows) throw new Refusal(refuse("loginTaken", { login }));
    await audit(tx, house, by, "addPerson", id, login);
  });
  return { id, password };
}

/** Gives somebody a role in a part of the territory or in a unit; the same right twice is one. @throws Refusal */
export async function giveGrant(house: House, by: Actor, personId: string, grant: Grant): Promise<{ id: string }> {
  const known = await manageable(house, by, personId);
  if (grant.unitId !== undefined && !house.territory.unit(grant.unitId))
    throw new Refusal(refuse("unknownUnit", { unit: grant.unitId }));
  if (grant.area !== undefined && !house.territory.area(grant.area))
    throw new Refusal(refuse("unknownArea", { area: grant.area }));
  passing(whyNotGrant(by, personId, grant, areaOfUnit(house)));
  const same = known.find(
    (each) => each.role === grant.role && each.area === grant.area && each.unitId === grant.unitId,
  ) as (Grant & { id: string }) | undefined;
  if (same) return { id: same.id };
  const id = newId();
  await house.db.transaction().execute(async (tx) => {
    await tx
      .insertInto("grants")
      .values({
        city_id: house.cityId,
        id,
        person_id: personId,
        role: grant.role,
        area: grant.area ?? null,
        unit_id: grant.unitId ?? null,
        granted_by: by.id,
        granted_at: momentOf(house),
      })
      .execute();
    await audit(tx, house, by, "giveGrant", personId, wordsOf(grant));
  });
  return { id };
}

const wordsOf = ({ role, area, unitId }: Grant): string => `${role} ${unitId ?? area}`;

/** Somebody has to be left who can give rights: the last administrator of the city stays. */
async function keepAnAdministrator(tx: Tx, house: House, without: string, grantId?: string): Promise<void> {
  // The administrators' rows are locked in one order, so that two of them cannot end each other at once.
  const rest = await sql<{ id: string; person_id: string }>`
    select g.id, g.person_id from grants g join people p on p.city_id = g.city_id and p.id = g.person_id
    where g.city_id = ${house.cityId} and g.role = 'cityAdmin' and g.area = ${house.config.city.code} and p.left_at is null
    order by g.id for update of g`.execute(tx);
  const left = rest.rows.filter((row) => (grantId ? row.id !== grantId : row.person_id !== without));
  if (left.length === 0) throw new Refusal(refuse("lastAdministrator", {}));
}

/** Takes a right away; it ends with the next request. @throws Refusal */
export async function endGrant(house: House, by: Actor, personId: string, grantId: string): Promise<void> {
  const grants = (await manageable(house, by, personId)) as (Grant & { id: string })[];
  const grant = grants.find((each) => each.id === grantId);
  if (!grant) throw new Refusal(refuse("notFound", { what: "grant" }));
  await house.db.transaction().execute(async (tx) => {
    if (grant.role === "cityAdmin") await keepAnAdministrator(tx, house, personId, grantId);
    await tx.deleteFrom("grants").where("city_id", "=", house.cityId).where("id", "=", grantId).execute();
    await audit(tx, house, by, "endGrant", personId, wordsOf(grant));
  });
}

async function endSessions(tx: Tx, house: House, personId: string): Promise<void> {
  await tx.deleteFrom("sessions").where("city_id", "=", house.cityId).where("person_id", "=", personId).execute();
}

/** Somebody leaves: his rights and sessions end, his name stays with what he did. @throws Refusal */
export async function leave(house: House, by: Actor, personId: string): Promise<void> {
  const grants = await manageable(house, by, personId);
  await house.db.transaction().execute(async (tx) => {
    if (grants.some((grant) => grant.role === "cityAdmin")) await keepAnAdministrator(tx, house, personId);
    await tx
      .updateTable("people")
      .set({ left_at: momentOf(house) })
      .where("city_id", "=", house.cityId)
      .where("id", "=", personId)
      .execute();
    await tx.deleteFrom("grants").where("city_id", "=", house.cityId).where("person_id", "=", personId).execute();
    await endSessions(tx, house, personId);
    await audit(tx, house, by, "personLeaves", personId, grants.map(wordsOf).join(", ") || undefined);
  });
}

/** Somebody comes back; his rights are given anew. @throws Refusal */
export async function comeBack(house: House, by: Actor, personId: string): Promise<void> {
  await manageable(house, by, personId);
  await house.db.transaction().execute(async (tx) => {
    await tx
      .updateTable("people")
      .set({ left_at: null })
      .where("city_id", "=", house.cityId)
      .where("id", "=", personId)
      .execute();
    await audit(tx, house, by, "personComesBack", personId);
  });
}

/**
 * Helps somebody back in: takes codes and passkeys away, ends his sessions, and gives a password to be told to him
 * once and replaced by his own. @throws Refusal
 */
export async function resetPerson(house: House, by: Actor, personId: string): Promise<{ password: string }> {
  await manageable(house, by, personId);
  const password = temporaryPassword();
  const password_hash = await hashPassword(password);
  await house.db.transaction().execute(async (tx) => {
    await tx
      .updateTable("people")
      .set({ password_hash, password_failures: 0, password_temporary_until: temporaryUntil(house) })
      .set({ totp_secret: null, totp_step: null, totp_failures: 0 })
      .where("city_id", "=", house.cityId)
      .where("id", "=", personId)
      .execute();
    await tx.deleteFrom("passkeys").where("city_id", "=", house.cityId).where("person_id", "=", personId).execute();
    await endSessions(tx, house, personId);
    await audit(tx, house, by, "resetCredentials", personId);
  });
  return { password };
}
