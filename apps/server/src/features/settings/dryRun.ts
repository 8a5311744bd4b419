import type { Category } from "@linge/domain/category/category.ts";
import type { CaseKind } from "@linge/domain/case/record.ts";
import { route, type RouteReason } from "@linge/domain/routing/route.ts";
import type { RoutingRule, Unit } from "@linge/domain/routing/rule.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";

/** Settings that decide where a case goes; those that are not given stay as they are. */
export type Proposed = { routingRules?: RoutingRule[]; categories?: Category[]; units?: Unit[] };

/** A past case that would go elsewhere. Nothing of what it says: who keeps the rules does not read the cases. */
export type Rerouted = {
  number: string;
  categoryId: string;
  area: { zh: string; en: string };
  before: { lead?: string; assist: string[]; because: RouteReason[] };
  after: { lead?: string; assist: string[]; because: RouteReason[] };
};
export type DryRun = {
  tried: number;
  since?: string;
  /** How many would go elsewhere; the newest of them follow. */
  total: number;
  changed: Rerouted[];
  unrouted: number;
};

type Past = {
  number: string;
  category_id: string;
  area_code: string;
  kind: CaseKind;
  text: string;
  reported_at: string;
};
const mostShown = 500;

/** Where the newest cases would go under other settings: what changes, before anything does. */
export async function dryRun(house: House, proposed: Proposed, most: number): Promise<DryRun> {
  const found = await sql<Past>`
    select number, category_id, area_code, kind, record->>'text' as text, reported_at from cases
    where city_id = ${house.cityId} order by reported_at desc, id desc limit ${most}`.execute(house.db);
  const { settings, territory } = house;
  const before = { rules: settings.current("routingRules").document, units: settings.current("units").document };
  const after = { rules: proposed.routingRules ?? before.rules, units: proposed.units ?? before.units };
  const categories = proposed.categories && new Map(proposed.categories.map((category) => [category.id, category]));
  const changed: Rerouted[] = [];
  let unrouted = 0;
  for (const row of found.rows) {
    const old = settings.category(row.category_id);
    const young = categories?.get(row.category_id) ?? old;
    if (!old || !young) continue;
    const item = { categoryId: row.category_id, areaCode: row.area_code, kind: row.kind, text: row.text };
    const [was, is] = [route(before.rules, before.units, old, item), route(after.rules, after.units, young, item)];
    if (!is.lead) unrouted += 1;
    if (was.lead === is.lead && was.assist.join() === is.assist.join()) continue;
    const area = territory.area(row.area_code);
    const names = area?.names ?? { zh: row.area_code };
    changed.push({
      number: row.number,
      categoryId: row.category_id,
      area: { zh: names.zh, en: names.en ?? names.zh },
      before: was,
      after: is,
    });
  }
  return {
    tried: found.rows.length,
    since: found.rows.at(-1)?.reported_at,
    total: changed.length,
    changed: changed.slice(0, mostShown),
    unrouted,
  };
}
