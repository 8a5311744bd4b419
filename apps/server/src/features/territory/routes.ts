import { isWithin } from "@linge/domain/territory/code.ts";
import type { Area } from "@linge/domain/territory/types.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { shore } from "./territory.ts";
import type { House } from "../../platform/house.ts";

const Code = Type.String({ pattern: "^\\d{12}(\\d{3}){0,2}$" });
const Level = Type.Union(["city", "county", "township", "community", "grid"].map((level) => Type.Literal(level)));

const Text = Type.String();
const AreaShown = Type.Object({
  code: Text,
  level: Text,
  zh: Text,
  en: Text,
  focus: Type.Optional(Text),
  kind: Type.Optional(Text),
  indicative: Type.Boolean(),
  parentCode: Type.Union([Text, Type.Null()]),
  vessels: Type.Optional(Type.Integer()),
});
const FeatureShown = Type.Object({
  type: Type.Literal("Feature"),
  properties: AreaShown,
  geometry: Type.Optional(Type.Any()),
});

function shown(area: Area) {
  const { code, level, names, focus, kind, indicative, parentCode } = area;
  return {
    code,
    level,
    zh: names.zh,
    en: names.en ?? names.zh,
    focus,
    kind,
    indicative,
    parentCode,
    vessels: area.vessels?.length,
  };
}

const feature = (area: Area) => ({ type: "Feature" as const, properties: shown(area), geometry: area.geometry });

/** The box that holds the middles of all areas, a little wider: a city's first view on a map. */
function boundsOf(areas: readonly Area[]): [west: number, south: number, east: number, north: number] {
  const centres = areas.flatMap(({ centre }) => (centre ? [centre] : []));
  if (centres.length === 0) return [73, 18, 135, 54];
  const margin = 0.05;
  const [lons, lats] = [centres.map(([lon]) => lon), centres.map(([, lat]) => lat)];
  const [west, east] = [Math.min(...lons) - margin, Math.max(...lons) + margin];
  return [west, Math.min(...lats) - margin, east, Math.max(...lats) + margin];
}

export function territoryRoutes(app: App, house: House): void {
  const { territory, config } = house;
  app.get(
    "/api/areas",
    {
      config: { access: "anyone" },
      schema: {
        querystring: Type.Object({ parent: Type.Optional(Code) }, { additionalProperties: false }),
        response: { 200: Type.Object({ areas: Type.Array(AreaShown) }) },
      },
    },
    async (request) => ({
      areas: territory.children(request.query.parent ?? config.city.code).map(shown),
    }),
  );

  const BoundsShown = Type.Object({ bounds: Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }) });
  app.get(
    "/api/areas/bounds",
    { config: { access: "anyone" }, schema: { response: { 200: BoundsShown } } },
    async (_request, reply) => {
      void reply.header("cache-control", "public, max-age=3600");
      return { bounds: boundsOf(territory.all()) };
    },
  );

  app.get(
    "/api/areas/:code/geometry",
    { config: { access: "anyone" }, schema: { params: Type.Object({ code: Code }), response: { 200: FeatureShown } } },
    async (request, reply) => {
      const area = territory.area(request.params.code);
      if (!area) throw new Refusal(refuse("notFound", { what: "area" }));
      void reply.header("cache-control", "public, max-age=3600");
      return feature(area);
    },
  );

  const Query = Type.Object({ level: Level, within: Type.Optional(Code) }, { additionalProperties: false });
  app.get(
    "/api/areas/geometry",
    {
      config: { access: "anyone" },
      schema: {
        querystring: Query,
        response: { 200: Type.Object({ type: Type.Literal("FeatureCollection"), features: Type.Array(FeatureShown) }) },
      },
    },
    async (request, reply) => {
      const within = request.query.within ?? config.city.code;
      const areas = territory
        .all()
        .filter((area) => area.level === request.query.level && area.geometry && isWithin(area.code, within));
      void reply.header("cache-control", "public, max-age=3600");
      return { type: "FeatureCollection" as const, features: areas.map(feature) };
    },
  );

  const Point = Type.Object({ lon: Type.Number(), lat: Type.Number() }, { additionalProperties: false });
  app.get(
    "/api/locate",
    {
      config: { access: "anyone" },
      schema: { querystring: Point, response: { 200: Type.Object({ area: AreaShown, path: Type.Array(AreaShown) }) } },
    },
    async (request) => {
      const area = territory.seek(request.query.lon, request.query.lat, shore);
      if (!area) throw new Refusal(refuse("placeOutside", { city: config.city.zh }));
      return { area: shown(area), path: territory.path(area.code).map(shown) };
    },
  );
}
