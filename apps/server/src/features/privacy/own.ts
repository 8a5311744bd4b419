import type { Actor } from "@linge/domain/access/scope.ts";
import { isEnded } from "@linge/domain/case/state.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { sql } from "kysely";
import type { FastifyRequest } from "fastify";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { readLink } from "../cases/links.ts";
import type { Own } from "./requests.ts";

export type OwnCase = { id: string; number: string; ended: boolean; removed: boolean };
/** Somebody before his own data, and where his pages are. */
export type Owner = Own & { base: string; cases: OwnCase[] };

const mostCases = 500;

async function casesWhere(house: House, column: "id" | "resident_id", value: string): Promise<OwnCase[]> {
  const rows = await house.db
    .selectFrom("cases")
    .select(["id", "number", "state", "identity_removed"])
    .where("city_id", "=", house.cityId)
    .where(column, "=", value)
    .orderBy("reported_at", "desc")
    .limit(mostCases)
    .execute();
  return rows.map(({ id, number, state, identity_removed }) => ({
    id,
    number,
    ended: isEnded(state as Parameters<typeof isEnded>[0]),
    removed: identity_removed,
  }));
}

const owner = (base: string, actor: Actor, cases: OwnCase[], residentId?: string): Owner => ({
  base,
  actor,
  residentId,
  cases,
  caseIds: cases.map(({ id }) => id),
});

/** Whoever holds the link of a case speaks for that case. @throws Refusal notFound */
export async function byLink(house: House, token: string): Promise<Owner> {
  const caseId = readLink(house, "follow", token);
  const cases = caseId ? await casesWhere(house, "id", caseId) : [];
  if (!cases.length) throw new Refusal(refuse("notFound", { what: "case" }));
  return owner(`/f/${token}`, { id: `link:${caseId}`, kind: "anonymous", grants: [] }, cases);
}

/** A resident who is signed in speaks for all his cases. */
export async function bySession(house: House, request: FastifyRequest): Promise<Owner | undefined> {
  const residentId = request.session?.residentId;
  if (!residentId) return undefined;
  return owner("/me", request.actor, await casesWhere(house, "resident_id", residentId), residentId);
}

/** Ends an account: nobody is signed in to it any more, and it is destroyed when its time is up. Signing in again takes it back. */
export async function leave(house: House, residentId: string): Promise<void> {
  const now = momentOf(house);
  await house.db.transaction().execute(async (tx) => {
    await sql`update residents set left_at = ${now} where city_id = ${house.cityId} and id = ${residentId} and left_at is null`.execute(
      tx,
    );
    await sql`delete from sessions where city_id = ${house.cityId} and resident_id = ${residentId}`.execute(tx);
  });
}
