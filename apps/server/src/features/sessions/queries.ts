import type { Actor, Grant } from "@linge/domain/access/scope.ts";
import { sql } from "kysely";
import { hashToken } from "../../platform/auth/secrets.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";

export type FoundSession = {
  actor: Actor;
  session: { id: string; csrf: string; personId?: string; residentId?: string };
};

type Row = {
  id: string;
  csrf: string;
  person_id: string | null;
  resident_id: string | null;
  grants: Grant[] | null;
  seen: boolean;
};

/** Who a session's token stands for; nothing when it is unknown, ended or over. Notes at most once an hour that it was seen. */
export async function findSession(house: House, token: string): Promise<FoundSession | undefined> {
  const hash = hashToken(token);
  const found = await sql<Row>`
    select s.id, s.csrf, s.person_id, s.resident_id, s.seen_at > now() - interval '1 hour' as seen,
      (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('role', g.role, 'area', g.area, 'unitId', g.unit_id)))
         from grants g where g.city_id = s.city_id and g.person_id = s.person_id) as grants
    from sessions s
    left join people p on p.city_id = s.city_id and p.id = s.person_id
    where s.city_id = ${house.cityId} and s.token_hash = ${hash} and s.expires_at > ${momentOf(house)} and p.left_at is null`.execute(
    house.db,
  );
  const row = found.rows[0];
  if (!row) return undefined;
  if (!row.seen)
    await sql`update sessions set seen_at = now() where city_id = ${house.cityId} and id = ${row.id}`.execute(house.db);
  const session = {
    id: row.id,
    csrf: row.csrf,
    personId: row.person_id ?? undefined,
    residentId: row.resident_id ?? undefined,
  };
  if (row.person_id) return { actor: { id: row.person_id, kind: "staff", grants: row.grants ?? [] }, session };
  return { actor: { id: row.resident_id!, kind: "resident", grants: [] }, session };
}

export type SessionRow = { id: string; device: string; createdAt: string; seenAt: string; current: boolean };

/** The sessions of the person or resident who asks, newest first. */
export async function ownSessions(house: House, own: FoundSession["session"]): Promise<SessionRow[]> {
  const rows = await house.db
    .selectFrom("sessions")
    .select(["id", "device", "created_at", "seen_at"])
    .where("city_id", "=", house.cityId)
    .where(own.personId ? "person_id" : "resident_id", "=", (own.personId ?? own.residentId)!)
    .where("expires_at", ">", momentOf(house))
    .orderBy("seen_at", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    device: row.device,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    current: row.id === own.id,
  }));
}
