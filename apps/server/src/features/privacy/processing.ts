import type { PersonalColumn } from "@linge/domain/privacy/processing.ts";
import { sql, type Kysely } from "kysely";
import type { DB } from "../../platform/db/schema.ts";
import type { House } from "../../platform/house.ts";
import { personalColumns, registryFaults, type CatalogueColumn } from "./registry/registry.ts";
import { privacySettings } from "./settings.ts";

/** Every column of every table of the house, as the database has it today. */
export async function catalogueColumns(db: Kysely<DB>): Promise<CatalogueColumn[]> {
  const found = await sql<CatalogueColumn>`
    select c.relname as table, a.attname as column from pg_class c
    join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migrations'
      and a.attnum > 0 and not a.attisdropped order by c.relname, a.attnum`.execute(db);
  return found.rows;
}

export type Processing = {
  tables: number;
  columns: number;
  personal: (PersonalColumn & CatalogueColumn & { days?: number })[];
  /** Columns that nobody declared; none in a house whose tests pass. */
  undeclared: string[];
};

/** The record of processing: made from the schema, so that it cannot say less than the database holds. */
export async function processing(house: House): Promise<Processing> {
  const catalogue = await catalogueColumns(house.db);
  const { retention } = (await privacySettings(house)).document;
  const days: Record<string, number> = retention;
  return {
    tables: new Set(catalogue.map(({ table }) => table)).size,
    columns: catalogue.length,
    personal: personalColumns().map((each) => ({ ...each, days: days[each.kept] })),
    undeclared: registryFaults(catalogue),
  };
}
