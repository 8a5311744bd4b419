/** JSON with sorted keys and no space, so that the same fact is the same bytes everywhere; `undefined` is left out. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  let fields = "";
  for (const key of Object.keys(value).sort()) {
    const each = (value as Record<string, unknown>)[key];
    if (each !== undefined) fields += `${fields && ","}${JSON.stringify(key)}:${canonical(each)}`;
  }
  return `{${fields}}`;
}
