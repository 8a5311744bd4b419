import type { Role } from "@linge/domain/access/role.ts";
import type { DocumentKind } from "@linge/domain/settings/documents.ts";
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
const CheckBody = Type.Object({ document: Rows }, strict);
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
const Export = Type.Object(
  { format: Type.Union([Type.Literal("csv"), Type.Literal("json")]), version: Type.Optional(Type.Integer()) },
  strict,
);

/** Documents by the words of their addresses. */
const kindOf = {
  families: "families",
  categories: "categories",
  units: "units",
  "routing-rules": "routingRules",
  calendars: "calendars",
  templates: "templates",
} as const satisfies Record<string, DocumentKind>;
const names = Object.keys(kindOf) as (keyof typeof kindOf)[];
const Named = Type.Union(names.map((name) => Type.Literal(name)));
const Document = Type.Object({ document: Named });
const DocumentVersion = Type.Object({ document: Named, version: Type.Integer({ minimum: 1 }) });
/** Documents that decide where a case goes. */
const Routing = Type.Object({
  document: Type.Union([Type.Literal("routing-rules"), Type.Literal("categories"), Type.Literal("units")]),
});
const usualDryRun = 500;

/** Documents of the city that everybody may read as they are: nothing in them is about a person. */
const CategoriesShown = Type.Object({ categories: Type.Array(Type.Any()), families: Type.Array(Type.Any()) });

/** What everybody reads of the settings, and what an administrator does with them. */
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
  savingRoutes(app, house);
  historyRoutes(app, house);
  exchangeRoutes(app, house);
}

/** Read a document, see what is wrong with another, try it on past cases, save it. */
function savingRoutes(app: App, house: House): void {
  const path = "/api/admin/:document";
  app.get(path, { config, schema: { params: Document } }, async (request) =>
    house.settings.current(kindOf[request.params.document]),
  );

  app.put(path, { config, bodyLimit, schema: { params: Document, body: SaveBody } }, async (request) => {
    const kind = kindOf[request.params.document];
    const { version, document, note } = request.body;
    await saveDocument(house, kind, { read: version, rows: document, note, by: request.actor.id });
    return house.settings.current(kind);
  });

  app.post(`${path}/check`, { config, bodyLimit, schema: { params: Document, body: CheckBody } }, async (request) => ({
    problems: await problemsOf(house, kindOf[request.params.document], request.body.document),
  }));

  app.post(`${path}/dry-run`, { config, bodyLimit, schema: { params: Routing, body: DryRunBody } }, async (request) => {
    const kind = kindOf[request.params.document];
    const { document, most = usualDryRun } = request.body;
    const problems = await problemsOf(house, kind, document);
    if (problems.length) throw new Refusal(refuse("unusableRows", { problems }));
    return dryRun(house, { [kind]: document } as Proposed, most);
  });
}

/** What a document was before. */
function historyRoutes(app: App, house: House): void {
  const path = "/api/admin/:document/versions";
  app.get(path, { config, schema: { params: Document } }, async (request) => ({
    versions: await versionsOf(house, kindOf[request.params.document]),
  }));
  app.get(`${path}/:version`, { config, schema: { params: DocumentVersion } }, async (request) =>
    versionOf(house, kindOf[request.params.document], request.params.version),
  );
}

/** In and out as a table or as JSON. */
function exchangeRoutes(app: App, house: House): void {
  const path = "/api/admin/:document";
  app.post(`${path}/preview`, { config, bodyLimit, schema: { params: Document, body: PreviewBody } }, async (request) =>
    previewDocument(house, kindOf[request.params.document], request.body),
  );

  app.get(`${path}/export`, { config, schema: { params: Document, querystring: Export } }, async (request, reply) => {
    const kind = kindOf[request.params.document];
    const { format, version } = request.query;
    const { document } = version ? await versionOf(house, kind, version) : house.settings.current(kind);
    return reply
      .type(format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8")
      .header("content-disposition", `attachment; filename="linge-${kind}.${format}"`)
      .send(documentFile(kind, format, document as never[]));
  });
}
