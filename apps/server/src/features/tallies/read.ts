import type { Actor } from "@linge/domain/access/scope.ts";
import { sql, type RawBuilder } from "kysely";
import type { House } from "../../platform/house.ts";
import { reachesOf, type Reach } from "../cases/scope.ts";
import { tallyColumns, type TallyKey } from "./settle.ts";

const columns = Object.entries(tallyColumns);

/** One sum can be read for areas alone, or for one unit alone: a case of an area and of a unit would count twice. */
const isSummable = ({ prefixes, units }: Reach): boolean => (prefixes.length ? units.length === 0 : units.length <= 1);

function settled(
  house: House,
  kind: "area" | "unit",
  audience: string,
  place: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const sums = sql.join(columns.map(([key, column]) => sql`sum(${sql.ref(column)}) as ${sql.ref(key)}`));
  return sql`select ${sums} from case_tallies
    where city_id = ${house.cityId} and kind = ${kind} and audience = ${audience} and ${place}`;
}

function waiting(house: House, audience: string, place: RawBuilder<unknown>): RawBuilder<unknown> {
  const sums = sql.join(
    columns.map(([key]) => sql`sum(shift) filter (where queues @> array[${sql.lit(key)}]) as ${sql.ref(key)}`),
  );
  return sql`select ${sums} from case_shifts
    where city_id = ${house.cityId} and confidential = ${audience === "confidential"} and ${place}`;
}

/** How many cases stand in each queue within somebody's reach, from the sums and what waits to be added to them. */
export async function talliesFor(house: House, actor: Actor): Promise<Record<TallyKey, number> | undefined> {
  const reaches = reachesOf(actor);
  if (!reaches.every(isSummable)) return undefined;
  const parts = reaches.flatMap(({ audience, prefixes, units }) => [
    ...prefixes.flatMap((prefix) => [
      settled(house, "area", audience, sql`place ^@ ${prefix}`),
      waiting(house, audience, sql`area_code ^@ ${prefix}`),
    ]),
    ...units.flatMap((unit) => [
      settled(house, "unit", audience, sql`place = ${unit}`),
      waiting(house, audience, sql`unit_ids @> array[${unit}]::text[]`),
    ]),
  ]);
  const none = Object.fromEntries(columns.map(([key]) => [key, 0])) as Record<TallyKey, number>;
  if (!parts.length) return none;
  const totals = sql.join(columns.map(([key]) => sql`coalesce(sum(${sql.ref(key)}), 0)::int as ${sql.ref(key)}`));
  const found = await sql<Record<TallyKey, number>>`
    select ${totals} from (${sql.join(parts, sql` union all `)}) as parts`.execute(house.db);
  return found.rows[0] ?? none;
}

/** Cases in hand in the whole city. */
export async function openInCity(house: House): Promise<number> {
  const found = await sql<{ open: number }>`
    select (select coalesce(sum(open), 0) from case_tallies where city_id = ${house.cityId} and kind = 'area' and audience in ('usual', 'confidential'))::int
      + (select coalesce(sum(shift), 0) from case_shifts where city_id = ${house.cityId} and queues @> array['open'])::int as open`.execute(
    house.db,
  );
  return found.rows[0]!.open;
}
