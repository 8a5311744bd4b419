import { XMLBuilder } from "fast-xml-parser";

export type Format = "xml" | "json";
export type Plain = string | number | boolean | null | Plain[] | { [field: string]: Plain };

/** What the items of each list are called in XML. JSON leaves the name out (the Spark convention). */
const itemOf: Record<string, string> = {
  endpoints: "endpoint",
  formats: "format",
  services: "service",
  attributes: "attribute",
  values: "value",
  service_requests: "request",
  service_request_updates: "request_update",
  errors: "error",
};

export const contentTypes: Record<Format, string> = {
  xml: "text/xml; charset=utf-8",
  json: "application/json; charset=utf-8",
};

// Characters that XML 1.0 cannot carry, not even escaped (section 2.2).
const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const builder = new XMLBuilder({ format: true, suppressEmptyNode: true });

function elements(name: string, value: Plain): unknown {
  if (Array.isArray(value)) {
    const item = itemOf[name]!;
    return value.length ? { [item]: value.map((each) => elements(item, each)) } : "";
  }
  if (typeof value === "string") return value.toWellFormed().replace(unfit, "");
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, elements(field, each)]));
}

/** The same answer in either format: in JSON the root's content, in XML the root with its items named. */
export function write(format: Format, root: string, value: Plain): string {
  if (format === "json") return JSON.stringify(value);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [root]: elements(root, value) })}`;
}
