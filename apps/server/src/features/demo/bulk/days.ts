import type pg from "pg";
import type { Change } from "../../cases/store.ts";

type Row = {
  area: string;
  category: string;
  day: string;
  reported: number;
  closed: number;
  resolved: number;
  notResolved: number;
};

/** The clock of the city is eight hours ahead of UTC. */
const dayOf = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);

function sumsOf(changes: readonly Change[]): Row[] {
  const sums = new Map<string, Row>();
  const areaOf = new Map(changes.map(({ decided: { record } }) => [record.id, record]));
  for (const { kind, subject, at, data } of changes.flatMap(({ decided }) => decided.facts)) {
    if (kind !== "reported" && kind !== "closed" && kind !== "rated") continue;
    const { areaCode: area, categoryId: category } = areaOf.get(subject)!;
    const day = dayOf(at);
    const key = `${area} ${category} ${day}`;
    const row = sums.get(key) ?? { area, category, day, reported: 0, closed: 0, resolved: 0, notResolved: 0 };
    if (kind === "rated") row[data.resolved ? "resolved" : "notResolved"] += 1;
    else row[kind] += 1;
    sums.set(key, row);
  }
  return [...sums.values()];
}

/** Adds what happened to the figures of its day, grid and category, as the outbox would. */
export async function countDays(client: pg.ClientBase, cityId: string, changes: readonly Change[]): Promise<void> {
  // Sorted, so that threads that count at once take the rows' locks in one order.
  await client.query(
    `insert into case_days as kept (city_id, area_code, category_id, day, reported, closed, resolved, not_resolved)
    select $1, area, category, day, reported, closed, resolved, "notResolved" from jsonb_to_recordset($2::jsonb)
      as r(area text, category text, day date, reported integer, closed integer, resolved integer, "notResolved" integer)
    order by area, category, day
    on conflict (city_id, area_code, category_id, day) do update set reported = kept.reported + excluded.reported,
      closed = kept.closed + excluded.closed, resolved = kept.resolved + excluded.resolved, not_resolved = kept.not_resolved + excluded.not_resolved`,
    [cityId, JSON.stringify(sumsOf(changes))],
  );
}
