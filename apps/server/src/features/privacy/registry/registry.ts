import type { PersonalColumn } from "@linge/domain/privacy/processing.ts";
import { caseTables } from "./cases.ts";
import { cityTables } from "./city.ts";
import type { DeclaredTables } from "./declare.ts";
import { fieldTables } from "./field.ts";
import { oversightTables } from "./oversight.ts";
import { peopleTables } from "./people.ts";
import { visitTables } from "./visits.ts";

/** What every table of the database holds. A new table is declared in the file of its noun. */
export const registry: DeclaredTables = {
  ...caseTables,
  ...cityTables,
  ...fieldTables,
  ...oversightTables,
  ...peopleTables,
  ...visitTables,
};

export type CatalogueColumn = { table: string; column: string };

/** What the registry and the database do not agree on, each in words that say what to do. */
export function registryFaults(catalogue: readonly CatalogueColumn[], declared: DeclaredTables = registry): string[] {
  const faults: string[] = [];
  const where = "apps/server/src/features/privacy/registry/";
  const there = new Set(catalogue.map(({ table, column }) => `${table}.${column}`));
  for (const { table, column } of catalogue) {
    const known = declared[table];
    const plain = known?.plain.includes(column) ?? false;
    const personal = known !== undefined && column in known.personal;
    if (!plain && !personal)
      faults.push(
        `${table}.${column} declares nothing. In ${where} add it to \`plain\` of "${table}" if it says nothing about anybody, ` +
          `or to \`personal\` with whose it is, its purpose, its basis and how long it is kept.`,
      );
    if (plain && personal) faults.push(`${table}.${column} is declared twice in ${where}: keep one.`);
  }
  for (const [table, { plain, personal }] of Object.entries(declared))
    for (const column of [...plain, ...Object.keys(personal)])
      if (!there.has(`${table}.${column}`))
        faults.push(`${table}.${column} stands in ${where} and not in the database: take it out.`);
  return faults;
}

/** Every column of personal data with what it declares. */
export function personalColumns(): (PersonalColumn & CatalogueColumn)[] {
  return Object.entries(registry).flatMap(([table, { personal }]) =>
    Object.entries(personal).flatMap(([column, declared]) =>
      [declared].flat().map((each: PersonalColumn) => ({ table, column, ...each })),
    ),
  );
}
