import { refuse } from "@linge/domain/error/catalogue.ts";
import type { Fault } from "@linge/domain/territory/fault.ts";
import Type, { type Static } from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { House } from "../../platform/house.ts";
import { areaDetail } from "./detail.ts";
import { faultsOf, importTerritory, previewImport, type ImportPreview } from "./import.ts";

const access = ["cityAdmin"] as const;
const strict = { additionalProperties: false } as const;
const Text = Type.String();
const Code = Type.String({ pattern: "^\\d{12}(\\d{3}){0,2}$" });
/** A city's lines may be large; twenty files of them together. */
const bodyLimit = 32 * 1024 * 1024;
/** So many faults or changes are listed; their number is told in full. */
const listed = 200;

const request = {
  files: Type.Array(
    Type.Object(
      { name: Type.String({ minLength: 1, maxLength: 200 }), text: Type.String({ maxLength: bodyLimit }) },
      strict,
    ),
    { minItems: 1, maxItems: 20 },
  ),
  from: Type.Union([Type.Literal("WGS84"), Type.Literal("GCJ02"), Type.Literal("BD09")]),
  day: Type.String({ format: "date" }),
  indicative: Type.Boolean(),
  endAbsent: Type.Boolean(),
};
const PreviewBody = Type.Object(request, strict);
const ImportBody = Type.Object(
  { id: Type.String({ format: "uuid" }), acceptFaults: Type.Boolean(), ...request },
  strict,
);

const FaultShown = Type.Object({
  kind: Text,
  codes: Type.Array(Text),
  at: Type.Optional(Type.Array(Type.Number())),
  area: Type.Optional(Type.Number()),
  zh: Text,
  en: Text,
});
const FaultsShown = Type.Object({ count: Type.Integer(), faults: Type.Array(FaultShown) });
const Named = Type.Object({ code: Text, zh: Text });
const PreviewShown = Type.Object({
  conversion: Text,
  problems: Type.Array(Type.Object({ file: Text, place: Text, en: Text })),
  counts: Type.Object({
    added: Type.Integer(),
    changed: Type.Integer(),
    unchanged: Type.Integer(),
    absent: Type.Integer(),
    foreign: Type.Integer(),
  }),
  added: Type.Array(Named),
  changed: Type.Array(Named),
  absent: Type.Array(Named),
  faults: FaultsShown,
});
const DetailShown = Type.Object({
  versions: Type.Array(
    Type.Object({
      id: Text,
      code: Text,
      zh: Text,
      en: Text,
      validFrom: Text,
      validTo: Type.Optional(Text),
      from: Type.Array(Named),
    }),
  ),
  staffing: Type.Optional(
    Type.Object({
      wanted: Type.Object({ leaders: Type.Integer(), workers: Type.Integer() }),
      present: Type.Object({ leaders: Type.Integer(), workers: Type.Integer() }),
    }),
  ),
  organisations: Type.Array(Type.Object({ id: Text, kind: Text, zh: Text, en: Text, synthetic: Type.Boolean() })),
  vessels: Type.Array(Type.Object({ name: Text, homePort: Type.Optional(Text) })),
});

const faultsShown = (faults: readonly Fault[]): Static<typeof FaultsShown> => ({
  count: faults.length,
  faults: faults.slice(0, listed).map(({ kind, codes, at, area, zh, en }) => ({ kind, codes, at, area, zh, en })),
});

function previewShown({ conversion, problems, plan, faults }: ImportPreview): Static<typeof PreviewShown> {
  const named = ({ code, names }: { code: string; names: { zh: string } }) => ({ code, zh: names.zh });
  return {
    conversion,
    problems: problems.slice(0, listed),
    counts: {
      added: plan.added.length,
      changed: plan.changed.length,
      unchanged: plan.unchanged.length,
      absent: plan.absent.length,
      foreign: plan.foreign.length,
    },
    added: plan.added.slice(0, listed).map(named),
    changed: plan.changed.slice(0, listed).map(({ after }) => named(after)),
    absent: plan.absent.slice(0, listed).map(named),
    faults: faultsShown(faults),
  };
}

/** The territory for those who keep it: what each part is and was, whether it all fits, and bringing in other lines. */
export function territoryAdminRoutes(app: App, house: House): void {
  app.get(
    "/api/admin/territory/:code",
    { config: { access }, schema: { params: Type.Object({ code: Code }), response: { 200: DetailShown } } },
    async ({ params: { code } }) => {
      const detail = await areaDetail(house, code);
      if (!detail.versions.length) throw new Refusal(refuse("notFound", { what: "area" }));
      return detail;
    },
  );

  app.get("/api/admin/territory/check", { config: { access }, schema: { response: { 200: FaultsShown } } }, async () =>
    faultsShown(faultsOf(house.territory.all())),
  );

  app.post(
    "/api/admin/territory/preview",
    { config: { access }, bodyLimit, schema: { body: PreviewBody, response: { 200: PreviewShown } } },
    async ({ body }) => previewShown(previewImport(house, body)),
  );

  const ImportedShown = Type.Object({ versions: Type.Integer(), ended: Type.Integer(), moved: Type.Integer() });
  app.post(
    "/api/admin/territory/import",
    { config: { access }, bodyLimit, schema: { body: ImportBody, response: { 200: ImportedShown } } },
    async ({ body, actor, id }) => importTerritory(house, actor, body, id),
  );
}
