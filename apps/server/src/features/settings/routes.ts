import type { Role } from "@linge/domain/access/role.ts";
import { documentKinds, type DocumentKind } from "@linge/domain/settings/documents.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { documentFile, previewDocument, problemsOf } from "./documents.ts";
import { dryRun, type Proposed } from "./dryRun.ts";
import { saveDocument, versionOf, versionsOf } from "./versions.ts";

const admin: readonly Role[] = ["cityAdmin"];
const config = { access: admin };
/** A city's largest list, with room: 2,000 categories with all their questions. */
const bodyLimit = 8 * 1024 * 1024;
const strict = { additionalProperties: false } as const;

const Rows = Type.Array(Type.Unknown(), { maxItems: 5000 });
const Note = Type.Optional(Type.String({ maxLength: 200, format: "text" }));
const SaveBody = Type.Object({ version: Type.Integer({ minimum: 1 }), document: Rows, note: Note }, strict);
const PreviewBody = Type.Object(
  {
    format: Type.Union([Type.Literal("csv"), Type.Literal("json")]),
    text: Type.String({ minLength: 2, maxLength: 6 * 1024 * 1024 }),
  },
  strict,
);
const DryRunBody = Type.Object(
  { document: Rows, most: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })) },
  strict,
);
const Version = Type.Object({ version: Type.Integer({ minimum: 1 }) });
const Export = Type.Object(
  { format: Type.Union([Type.Literal("csv"), Type.Literal("json")]), version: Type.Optional(Type.Integer()) },
  strict,
);

const pathOf = (kind: DocumentKind): string => `/api/admin/${kind === "routingRules" ? "routing-rules" : kind}`;
/** Documents that decide where a case goes. */
const routing: readonly DocumentKind[] = ["routingRules", "categories", "units"];
const usualDryRun = 500;

/** Documents of the city that everybody may read as they are: nothing in them is about a person. */
const CategoriesShown = Type.Object({ categories: Type.Array(Type.Any()), families: Type.Array(Type.Any()) });

export function settingsRoutes(app: App, house: House): void {
  app.get(
    "/api/categories",
    { config: { access: "anyone" }, schema: { response: { 200: CategoriesShown } } },
    async () => ({
      categories: house.settings.current("categories").document,
      families: house.settings.current("families").document,
    }),
  );
  app.get("/api/units", { config: { access: "staff" } }, async () => ({ units: house.territory.allUnits() }));
  app.get("/api/templates", { config: { access: "staff" } }, async () => ({
    templates: house.settings.current("templates").document,
  }));
  for (const kind of documentKinds) documentRoutes(app, house, kind);
  for (const kind of routing) dryRunRoute(app, house, kind);
}

/** What an administrator does with one document: read, save, try, look back, put back, bring in, take out. */
function documentRoutes(app: App, house: House, kind: DocumentKind): void {
  const path = pathOf(kind);
  app.get(path, { config }, async () => house.settings.current(kind));

  app.put(path, { config, bodyLimit, schema: { body: SaveBody } }, async (request) => {
    const { version, document, note } = request.body;
    await saveDocument(house, kind, { read: version, rows: document, note, by: request.actor.id });
    return house.settings.current(kind);
  });

  app.post(
    `${path}/check`,
    { config, bodyLimit, schema: { body: Type.Object({ document: Rows }, strict) } },
    async (request) => ({ problems: await problemsOf(house, kind, request.body.document) }),
  );

  app.post(`${path}/preview`, { config, bodyLimit, schema: { body: PreviewBody } }, async (request) =>
    previewDocument(house, kind, request.body),
  );

  app.get(`${path}/versions`, { config }, async () => ({ versions: await versionsOf(house, kind) }));

  app.get(`${path}/versions/:version`, { config, schema: { params: Version } }, async (request) =>
    versionOf(house, kind, request.params.version),
  );

  app.get(`${path}/export`, { config, schema: { querystring: Export } }, async (request, reply) => {
    const { format, version } = request.query;
    const { document } = version ? await versionOf(house, kind, version) : house.settings.current(kind);
    return reply
      .type(format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8")
      .header("content-disposition", `attachment; filename="linge-${kind}.${format}"`)
      .send(documentFile(kind, format, document as never[]));
  });
}

function dryRunRoute(app: App, house: House, kind: DocumentKind): void {
  app.post(`${pathOf(kind)}/dry-run`, { config, bodyLimit, schema: { body: DryRunBody } }, async (request) => {
    const { document, most = usualDryRun } = request.body;
    const problems = await problemsOf(house, kind, document);
    if (problems.length) throw new Refusal(refuse("unusableRows", { problems }));
    return dryRun(house, { [kind]: document } as Proposed, most);
  });
}
