import { permissions } from "@linge/domain/case/permission.ts";
import { seedCategories } from "@linge/domain/category/seed.ts";
import { sql } from "kysely";
import { ReportBody } from "../../apps/server/src/features/cases/schemas.ts";
import type { TestHouse } from "../support/house.ts";
import type { Column, Named, Property, Surface } from "./detect.ts";

type Schema = Record<string, unknown>;

/** Every field that a schema names, with where it stands. */
function* fieldsOf(schema: unknown, where: string): Generator<Property> {
  if (Array.isArray(schema)) for (const each of schema) yield* fieldsOf(each, where);
  if (!schema || typeof schema !== "object" || Array.isArray(schema)) return;
  const { properties, ...rest } = schema as Schema;
  for (const [name, field] of Object.entries((properties ?? {}) as Record<string, Schema>)) {
    yield { where, name, hasDefault: field !== null && typeof field === "object" && "default" in field };
    yield* fieldsOf(field, where);
  }
  for (const each of Object.values(rest)) yield* fieldsOf(each, where);
}

function propertiesOf(document: { paths?: Record<string, Record<string, Schema>> }): Property[] {
  const found: Property[] = [];
  for (const [url, methods] of Object.entries(document.paths ?? {}))
    for (const [method, operation] of Object.entries(methods)) {
      const where = `${method.toUpperCase()} ${url}`;
      for (const parameter of (operation.parameters ?? []) as { name: string; schema?: Schema }[])
        found.push({
          where,
          name: parameter.name,
          hasDefault: parameter.schema !== undefined && "default" in parameter.schema,
        });
      found.push(...fieldsOf(operation.requestBody, where), ...fieldsOf(operation.responses, where));
    }
  return found;
}

function namedIn(document: readonly Record<string, unknown>[]): Named[] {
  return document.flatMap((each) => {
    const { id, zh, en, questions = [], choices = [] } = each as Named & { questions?: []; choices?: [] };
    return [{ id, zh, en }, ...namedIn(questions), ...namedIn(choices)];
  });
}

/** The house as its own schema, API and taxonomy tell it. */
export async function surfaceOf(made: TestHouse): Promise<Surface> {
  const { house, app, routes } = made;
  const columns = await sql<Column>`
    select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, a.atthasdef as "hasDefault"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped`.execute(
    house.db,
  );
  const { kind } = ReportBody.properties as unknown as { kind: { anyOf: { const: string }[] } };
  return {
    columns: columns.rows,
    properties: propertiesOf(app.swagger() as Parameters<typeof propertiesOf>[0]),
    routes: routes.map(({ method, url, access }) => ({ method, url, access })),
    taxonomy: namedIn([...house.settings.current("categories").document, ...seedCategories] as never),
    caseKinds: kind.anyOf.map((each) => each.const),
    commands: Object.entries(permissions).map(([type, { roles }]) => ({ type, roles })),
  };
}
