import { api } from "./api.ts";

/** Number that somebody typed, as the id of its case; as it is where there is none. */
export async function caseIdOf(number: string): Promise<string> {
  const found = await api.cases({ q: number.replace(/\W/g, ""), limit: "1" });
  return found.items[0]?.id ?? number;
}
