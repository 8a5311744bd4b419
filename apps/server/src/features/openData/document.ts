import { collections, type Collection } from "./collections.ts";

const json = (schema: object) => ({ description: "OK", content: { "application/json": { schema } } });
const geo = { description: "OK", content: { "application/geo+json": { schema: { type: "object" } } } };
const wrong = {
  description: "A word of the address that is not known or not right",
  content: { "application/json": { schema: { type: "object" } } },
};
const missing = { ...wrong, description: "Not there" };
const parameter = (name: string, schema: object, description: string) => ({
  name,
  in: "query",
  required: false,
  description,
  schema,
});

const shared = [
  {
    ...parameter(
      "bbox",
      { type: "array", minItems: 4, maxItems: 6, items: { type: "number" } },
      "west,south,east,north in CRS84",
    ),
    style: "form",
    explode: false,
  },
  parameter(
    "datetime",
    { type: "string" },
    "A moment, or an interval such as 2026-10-01T00:00:00Z/..; counted in local days",
  ),
  {
    ...parameter("limit", { type: "integer", minimum: 1, maximum: 1000, default: 100 }, "Features on a page"),
    style: "form",
    explode: false,
  },
  parameter("after", { type: "string" }, "Where the page before ended"),
  parameter("f", { type: "string", enum: ["json"] }, "Format"),
];

function pathsOf({ id, title, queryables, properties }: Collection): Record<string, object> {
  const own = queryables.map((name) => {
    const { type, enum: values, description } = properties[name]!;
    return parameter(name, { type, ...(values && { enum: values }) }, description);
  });
  const base = `/collections/${id}`;
  const get = (operationId: string, ok: object, parameters: object[] = []) => ({
    get: { operationId, summary: title, tags: [id], parameters, responses: { 200: ok, 400: wrong, 404: missing } },
  });
  return {
    [base]: get(`${id}.describe`, json({ type: "object" })),
    [`${base}/queryables`]: get(`${id}.queryables`, json({ type: "object" })),
    [`${base}/items`]: get(`${id}.items`, geo, [...shared, ...own]),
    [`${base}/items/{featureId}`]: get(`${id}.item`, geo, [
      { name: "featureId", in: "path", required: true, schema: { type: "string" } },
    ]),
  };
}

/** The definition of the service in OpenAPI 3.0, as OGC API Features names it. */
export function openApiDocument(url: string): object {
  const plain = (operationId: string, summary: string) => ({
    get: { operationId, summary, responses: { 200: json({ type: "object" }) } },
  });
  return {
    openapi: "3.0.3",
    info: {
      title: "邻格开放数据 Linge open data",
      version: "1.0.0",
      description: "OGC API Features. Places are coarse, times are days, small counts are not given.",
      license: { name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" },
    },
    servers: [{ url }],
    paths: {
      "/": plain("landing", "Landing page"),
      "/conformance": plain("conformance", "Conformance classes"),
      "/collections": plain("collections", "Collections"),
      ...Object.assign({}, ...collections.map(pathsOf)),
    },
  };
}
