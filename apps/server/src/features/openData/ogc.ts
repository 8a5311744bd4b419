import { refuse } from "@linge/domain/error/catalogue.ts";
import Type from "typebox";
import type { FastifyReply } from "fastify";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { momentOf } from "../../platform/moment.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import { readAsk } from "./ask.ts";
import { collectionOf, collections, extentOf, type Collection } from "./collections.ts";
import { openApiDocument } from "./document.ts";
import { featureById, pages } from "./items.ts";

const access = "anyone" as const;
const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const conforms = [
  "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
  "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
  "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
];
/** Other pages may read open data. */
const open = { "access-control-allow-origin": "*", "cache-control": "public, max-age=60" };
const config = { access, rateLimit: { max: 600, timeWindow: "1 minute" } };

type Link = { href: string; rel: string; type: string; title?: string };
const jsonLink = (href: string, rel: string, title?: string): Link => ({
  href,
  rel,
  type: "application/json",
  ...(title && { title }),
});
const geoLink = (href: string, rel: string, title?: string): Link => ({
  ...jsonLink(href, rel, title),
  type: "application/geo+json",
});

/** OGC API Features, part 1 (core, GeoJSON, OpenAPI 3.0) with queryables of part 3: any GIS opens it. */
export function ogcRoutes(app: App, house: House): void {
  const base = (): string => `${house.config.publicUrl}/ogc`;
  const send = (reply: FastifyReply, body: object, type = "application/json; charset=utf-8") =>
    reply.type(type).headers(open).send(JSON.stringify(body));
  const known = (id: string): Collection => {
    const collection = collectionOf(id);
    if (!collection) throw new Refusal(refuse("notFound", { what: "collection" }));
    return collection;
  };

  const described = ({ id, title, description }: Collection) => ({
    id,
    title,
    description,
    itemType: "feature",
    crs: [crs84],
    extent: {
      spatial: { bbox: [extentOf(house)], crs: crs84 },
      ...(id !== "areas" && {
        temporal: { interval: [[null, null]], trs: "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian" },
      }),
    },
    links: [
      jsonLink(`${base()}/collections/${id}`, "self"),
      geoLink(`${base()}/collections/${id}/items`, "items", title),
      {
        ...jsonLink(`${base()}/collections/${id}/queryables`, "http://www.opengis.net/def/rel/ogc/1.0/queryables"),
        type: "application/schema+json",
      },
    ],
  });

  app.get("/ogc", { config }, async (_, reply) =>
    send(reply, {
      title: `${house.config.city.zh}邻格开放数据 ${house.config.city.en} open data`,
      description: "公开的事、每月件数、行政区划。Published cases, monthly counts, areas.",
      links: [
        jsonLink(base(), "self"),
        { href: `${base()}/api`, rel: "service-desc", type: "application/vnd.oai.openapi+json;version=3.0" },
        { href: `${house.config.publicUrl}/open-data`, rel: "service-doc", type: "text/html" },
        jsonLink(`${base()}/conformance`, "conformance"),
        jsonLink(`${base()}/collections`, "data"),
        { href: "https://creativecommons.org/licenses/by/4.0/", rel: "license", type: "text/html" },
      ],
    }),
  );
  app.get("/ogc/api", { config }, async (_, reply) =>
    send(reply, openApiDocument(base()), "application/vnd.oai.openapi+json;version=3.0"),
  );
  app.get("/ogc/conformance", { config }, async (_, reply) => send(reply, { conformsTo: conforms }));
  app.get("/ogc/collections", { config }, async (_, reply) =>
    send(reply, { links: [jsonLink(`${base()}/collections`, "self")], collections: collections.map(described) }),
  );

  const Named = Type.Object({ collection: Type.String({ maxLength: 40 }) });
  app.get("/ogc/collections/:collection", { config, schema: { params: Named } }, async (request, reply) =>
    send(reply, described(known(request.params.collection))),
  );

  app.get("/ogc/collections/:collection/queryables", { config, schema: { params: Named } }, async (request, reply) => {
    const { id, title, queryables, properties } = known(request.params.collection);
    const schema = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: `${base()}/collections/${id}/queryables`,
      type: "object",
      title,
      properties: Object.fromEntries(queryables.map((name) => [name, properties[name]!])),
      additionalProperties: false,
    };
    return send(reply, schema, "application/schema+json");
  });

  app.get("/ogc/collections/:collection/items", { config, schema: { params: Named } }, async (request, reply) => {
    const collection = known(request.params.collection);
    const ask = readAsk(request.query as Record<string, unknown>, collection, house.settings.calendar().offsetMinutes);
    const { features, next, matched } = await pages[collection.id](house, ask);
    const here = (words: Record<string, string>): string => {
      const address = new URL(`${base()}/collections/${collection.id}/items`);
      for (const [name, value] of Object.entries({ ...(request.query as Record<string, string>), ...words }))
        address.searchParams.set(name, value);
      return address.href;
    };
    const body = {
      type: "FeatureCollection",
      timeStamp: momentOf(house),
      numberReturned: features.length,
      ...(matched !== undefined && { numberMatched: matched }),
      links: [
        geoLink(here({}), "self"),
        ...(next ? [geoLink(here({ after: next }), "next")] : []),
        jsonLink(`${base()}/collections/${collection.id}`, "collection"),
      ],
      features,
    };
    return send(reply, body, "application/geo+json");
  });

  const One = Type.Object({ collection: Type.String({ maxLength: 40 }), feature: Type.String({ maxLength: 60 }) });
  app.get(
    "/ogc/collections/:collection/items/:feature",
    { config, schema: { params: One } },
    async (request, reply) => {
      const collection = known(request.params.collection);
      const feature = await featureById(house, collection.id, request.params.feature);
      if (!feature) throw new Refusal(refuse("notFound", { what: "feature" }));
      const links = [
        geoLink(`${base()}/collections/${collection.id}/items/${encodeURIComponent(feature.id)}`, "self"),
        jsonLink(`${base()}/collections/${collection.id}`, "collection"),
      ];
      return send(reply, { ...feature, links }, "application/geo+json");
    },
  );
}
