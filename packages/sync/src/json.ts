/** Plain data: what commands and records are made of, on the phone, on the wire and in the database. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Text of a value that is the same however its keys were ordered; absent and undefined keys are the same. */
export function canonical(value: Json | undefined): string {
  if (value === undefined || value === null || typeof value !== "object") return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each as Json)).join(",")}]`;
  const object = value as JsonObject;
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(object[key])}`)
    .join(",")}}`;
}

/** Whether two values say the same. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || canonical(a) === canonical(b);
}
