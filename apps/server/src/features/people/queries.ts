import type { Actor, Grant } from "@linge/domain/access/scope.ts";
import type { Role } from "@linge/domain/access/role.ts";
import { prefixOfCode } from "@linge/domain/territory/code.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";

type Named = { zh: string; en: string };
/** A right as an administrator sees it: the role, and where it reaches. */
export type GrantRow = { id: string; role: Role; area?: string; unitId?: string; reach: Named; since: string };
/** Somebody of the staff as an administrator sees him: his rights and how he signs in, nothing of what he does. */
export type PersonRow = {
  id: string;
  login: string;
  name: string;
  unit?: Named;
  grants: GrantRow[];
  password: "own" | "temporary" | "none";
  codes: boolean;
  passkeys: number;
  left: boolean;
};

type Found = {
  id: string;
  login: string;
  name: string;
  unit_id: string | null;
  password: PersonRow["password"];
  codes: boolean;
  passkeys: number;
  left: boolean;
  grants: { id: string; role: Role; area: string | null; unit_id: string | null; granted_at: string }[] | null;
};

const pageSize = 50;

/** Where a unit is, for the rules of granting. */
export const areaOfUnit =
  (house: House) =>
  (unitId: string): string | undefined =>
    house.territory.unit(unitId)?.areaCode;

function reachOf(house: House, area: string | null, unitId: string | null): Named {
  const found = unitId ? house.territory.unit(unitId) : undefined;
  if (found) return { zh: found.zh, en: found.en };
  const place = area ? house.territory.area(area) : undefined;
  const code = unitId ?? area ?? "";
  return { zh: place?.names.zh ?? code, en: place?.names.en ?? place?.names.zh ?? code };
}

function rowOf(house: House, found: Found): PersonRow {
  const { id, login, name, password, codes, passkeys, left } = found;
  const unit = found.unit_id ? reachOf(house, null, found.unit_id) : undefined;
  const grants = (found.grants ?? []).map((grant) => ({
    id: grant.id,
    role: grant.role,
    area: grant.area ?? undefined,
    unitId: grant.unit_id ?? undefined,
    reach: reachOf(house, grant.area, grant.unit_id),
    since: grant.granted_at,
  }));
  return { id, login, name, unit, grants, password, codes, passkeys, left };
}

/**
 * People of the staff by user name, a page at a time: those whose rights lie in the administrator's reach, and those
 * who have none yet.
 * @param after the user name at which the page before ended
 */
export async function listPeople(
  house: House,
  actor: Actor,
  { q = "", after = "" }: { q?: string; after?: string },
): Promise<{ people: PersonRow[]; next?: string }> {
  const areas = actor.grants.flatMap(({ role, area }) => (role === "cityAdmin" && area ? [prefixOfCode(area)] : []));
  const within = sql.join(
    areas.map((area) => sql`coalesce(g.area, u.area_code) ^@ ${area}`),
    sql` or `,
  );
  const words = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const found = await sql<Found>`
    select p.id, p.login, p.name, p.unit_id, p.left_at is not null as left, p.totp_secret is not null as codes,
      case when p.password_hash is null then 'none' when p.password_temporary_until is not null then 'temporary' else 'own' end as password,
      (select count(*)::int from passkeys k where k.city_id = p.city_id and k.person_id = p.id) as passkeys,
      (select jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role, 'area', g.area, 'unit_id', g.unit_id, 'granted_at', g.granted_at) order by g.granted_at, g.id)
         from grants g where g.city_id = p.city_id and g.person_id = p.id) as grants
    from people p
    where p.city_id = ${house.cityId} and p.login > ${after} and (p.login ilike ${words} or p.name ilike ${words})
      and not exists (
        select 1 from grants g left join units u on u.city_id = g.city_id and u.id = g.unit_id
        where g.city_id = p.city_id and g.person_id = p.id and not (${within}))
    order by p.login limit ${pageSize + 1}`.execute(house.db);
  const people = found.rows.slice(0, pageSize).map((row) => rowOf(house, row));
  return { people, next: found.rows.length > pageSize ? people.at(-1)!.login : undefined };
}

/** The rights of somebody, for the rules. */
export async function grantsOf(house: House, personId: string): Promise<(Grant & { id: string })[]> {
  const rows = await house.db
    .selectFrom("grants")
    .select(["id", "role", "area", "unit_id"])
    .where("city_id", "=", house.cityId)
    .where("person_id", "=", personId)
    .execute();
  return rows.map(({ id, role, area, unit_id }) => ({
    id,
    role: role as Role,
    ...(area && { area }),
    ...(unit_id && { unitId: unit_id }),
  }));
}
