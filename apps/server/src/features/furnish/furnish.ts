import { seedCalendar } from "@linge/domain/calendar/seed.ts";
import { seedCategories } from "@linge/domain/category/seed.ts";
import { seedFamilies } from "@linge/domain/category/parents.ts";
import { seedUnits } from "@linge/domain/routing/seedUnits.ts";
import type { Area, Organisation } from "@linge/domain/territory/types.ts";
import { randomBytes } from "node:crypto";
import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import type { Config } from "../../platform/config/config.ts";
import type { OpenDatabase } from "../../platform/db/database.ts";
import { addDemoStaff } from "./demoStaff.ts";
import { seedTemplates } from "./templates.ts";
import { zhoushan } from "./pack.ts";

/** Inserts areas that are not there yet; the same pack twice changes nothing. */
export async function insertAreas(opened: { db: Kysely<DB>; cityId: string }, areas: readonly Area[]): Promise<void> {
  const rows = areas.map((area) => ({
    id: area.id,
    code: area.code,
    level: area.level,
    parent_code: area.parentCode,
    name_zh: area.names.zh,
    name_en: area.names.en,
    focus: area.focus,
    kind: area.kind,
    indicative: area.indicative,
    geometry: area.geometry,
    vessels: area.vessels,
    predecessors: area.predecessors,
    centre: area.centre && `(${area.centre.join(",")})`,
    valid_from: area.validFrom,
    valid_to: area.validTo,
  }));
  await sql`
    insert into areas (city_id, id, code, level, parent_code, name_zh, name_en, focus, kind, indicative, geometry, centre, vessels, predecessors, valid_from, valid_to)
    select ${opened.cityId}, id, code, level, parent_code, name_zh, name_en, focus, kind, indicative, geometry, centre, vessels, predecessors, valid_from, valid_to
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, code text, level text, parent_code text, name_zh text, name_en text, focus text, kind text,
      indicative boolean, geometry jsonb, centre point, vessels jsonb, predecessors uuid[], valid_from date, valid_to date)
    on conflict do nothing`.execute(opened.db);
}

async function insertOrganisations(opened: OpenDatabase, organisations: readonly Organisation[]): Promise<void> {
  const rows = organisations.map(({ id, kind, names, areaCodes, validFrom, validTo, synthetic }) => ({
    city_id: opened.cityId,
    id,
    kind,
    name_zh: names.zh,
    name_en: names.en,
    area_codes: areaCodes,
    valid_from: validFrom,
    valid_to: validTo,
    synthetic,
  }));
  await opened.db
    .insertInto("organisations")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The key that signs links, made once for a city. */
export async function linkSecret(opened: OpenDatabase): Promise<Buffer> {
  await opened.db
    .insertInto("secrets")
    .values({ city_id: opened.cityId, name: "links", value: randomBytes(32) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await opened.db
    .selectFrom("secrets")
    .select("value")
    .where("city_id", "=", opened.cityId)
    .where("name", "=", "links")
    .executeTakeFirstOrThrow();
  return row.value;
}

/** Gives a new city its territory, units and settings, and in a demo the people to sign in as. Safe to repeat after a kill. */
export async function furnish(opened: OpenDatabase, config: Config, progress: (line: string) => void): Promise<void> {
  const known = await opened.db
    .selectFrom("settings")
    .select("kind")
    .where("city_id", "=", opened.cityId)
    .where("kind", "=", "furnished")
    .executeTakeFirst();
  if (known) return;
  progress("loading the territory of Zhoushan");
  const { areas, grids, organisations } = zhoushan();
  await insertAreas(opened, [...areas, ...grids]);
  if (config.demo !== "off") await insertOrganisations(opened, organisations);
  const units = seedUnits.map((unit) => ({
    city_id: opened.cityId,
    id: unit.id,
    name_zh: unit.zh,
    name_en: unit.en,
    kind: unit.kind,
    area_code: unit.areaCode,
  }));
  await opened.db
    .insertInto("units")
    .values(units)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const documents = {
    families: seedFamilies,
    categories: seedCategories,
    units: seedUnits,
    routingRules: [],
    calendars: [seedCalendar],
    templates: seedTemplates,
  };
  const rows = Object.entries(documents).map(([kind, document]) => ({
    city_id: opened.cityId,
    kind,
    version: 1,
    document: JSON.stringify(document),
  }));
  await opened.db
    .insertInto("settings")
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  if (config.demo !== "off") await addDemoStaff(opened);
  await opened.db
    .insertInto("settings")
    .values({ city_id: opened.cityId, kind: "furnished", version: 1, document: "{}" })
    .execute();
}
