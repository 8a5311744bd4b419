import type { Role } from "@linge/domain/access/role.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { route } from "@linge/domain/routing/route.ts";
import type { RoutingRule } from "@linge/domain/routing/rule.ts";
import { sql } from "kysely";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { Calendar, Category, RoutingRule as RuleSchema, Template } from "./schemas.ts";
import type { DocumentKind } from "./settings.ts";

const admin: readonly Role[] = ["cityAdmin"];
const documents = {
  categories: Category,
  "routing-rules": RuleSchema,
  calendars: Calendar,
  templates: Template,
} as const;
const kindOf: Record<keyof typeof documents, DocumentKind> = {
  categories: "categories",
  "routing-rules": "routingRules",
  calendars: "calendars",
  templates: "templates",
};
const past = 500;

export function settingsRoutes(app: App, house: House): void {
  app.get("/api/categories", { config: { access: "anyone" } }, async () => ({
    categories: house.settings.current("categories").document,
  }));
  app.get("/api/units", { config: { access: "staff" } }, async () => ({ units: house.territory.units() }));
  app.get("/api/templates", { config: { access: "staff" } }, async () => ({
    templates: house.settings.current("templates").document,
  }));

  for (const name of Object.keys(documents) as (keyof typeof documents)[]) {
    const kind = kindOf[name];
    const body = Type.Object(
      { version: Type.Integer({ minimum: 1 }), document: Type.Array(documents[name] as never, { maxItems: 2000 }) },
      { additionalProperties: false },
    );
    app.get(`/api/admin/${name}`, { config: { access: admin } }, async () => house.settings.current(kind));
    app.put(`/api/admin/${name}`, { config: { access: admin }, schema: { body } }, async (request) => {
      const { version, document } = request.body as { version: number; document: unknown[] };
      await saveDocument(house, kind, version, document, request.actor.id);
      return house.settings.current(kind);
    });
  }

  const DryRun = Type.Object(
    { document: Type.Array(RuleSchema as never, { maxItems: 2000 }) },
    { additionalProperties: false },
  );
  app.post(
    "/api/admin/routing-rules/dry-run",
    { config: { access: admin }, schema: { body: DryRun } },
    async (request) => dryRun(house, request.body.document as RoutingRule[]),
  );
}

/** Adds a version. @throws Refusal changedMeanwhile when somebody saved after the version that was read */
async function saveDocument(
  house: House,
  kind: DocumentKind,
  read: number,
  document: unknown[],
  by: string,
): Promise<void> {
  if (house.settings.current(kind).version !== read) throw new Refusal(refuse("changedMeanwhile", {}));
  const saved = await house.db
    .insertInto("settings")
    .values({ city_id: house.cityId, kind, version: read + 1, document: JSON.stringify(document), saved_by: by })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (!saved.numInsertedOrUpdatedRows) throw new Refusal(refuse("changedMeanwhile", {}));
  await house.settings.reload();
}

/** Where the newest cases would go under other rules: what changes, before anything does. */
async function dryRun(house: House, rules: RoutingRule[]) {
  const found = await sql<{
    id: string;
    number: string;
    record: { categoryId: string; areaCode: string; kind: never; text: string };
  }>`
    select id, number, record from cases where city_id = ${house.cityId} order by reported_at desc limit ${past}`.execute(
    house.db,
  );
  const today = house.settings.current("routingRules").document;
  const units = house.territory.units();
  const changed = found.rows.flatMap(({ id, number, record }) => {
    const category = house.settings.category(record.categoryId);
    if (!category) return [];
    const [before, after] = [route(today, units, category, record), route(rules, units, category, record)];
    return before.lead === after.lead
      ? []
      : [{ id, number, categoryId: record.categoryId, before: before.lead, after: after.lead, because: after.because }];
  });
  return { tried: found.rows.length, changed };
}
