import type { Box } from "@linge/domain/openData/coarsen.ts";
import { refuse } from "@linge/domain/error/catalogue.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { Collection } from "./collections.ts";

/** What a client asks a collection for. */
export type Ask = {
  limit: number;
  after?: string;
  box?: Box;
  /** Days, both included; what has no time is always in it. */
  fromDay?: string;
  toDay?: string;
  where: Record<string, string>;
};

const usual = 100;
const most = 1_000;
const wrong = (field: string, problem: string): Refusal => new Refusal(refuse("invalidInput", { field, problem }));

function boxOf(text: string): Box {
  const numbers = text.split(",").map(Number);
  if (!(numbers.length === 4 || numbers.length === 6) || !numbers.every(Number.isFinite))
    throw wrong("bbox", "west,south,east,north");
  const [west, south] = numbers as [number, number];
  const [east, north] = (numbers.length === 4 ? numbers.slice(2) : numbers.slice(3, 5)) as [number, number];
  if (south > north || Math.abs(south) > 90 || Math.abs(north) > 90 || Math.abs(west) > 180 || Math.abs(east) > 180)
    throw wrong("bbox", "west,south,east,north");
  // A box over the date line: the part beyond it lies outside every city this house knows.
  return { west, south, east: east < west ? 180 : east, north };
}

const instant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/u;

/** The local day of an instant; of a day, the day. */
function dayOf(text: string, offsetMinutes: number): string {
  if (!instant.test(text) || Number.isNaN(Date.parse(text))) throw wrong("datetime", "2026-11-01T00:00:00Z/..");
  if (text.length === 10) return text;
  return new Date(Date.parse(text) + offsetMinutes * 60_000).toISOString().slice(0, 10);
}

function daysOf(text: string, offsetMinutes: number): Pick<Ask, "fromDay" | "toDay"> {
  const ends = text.split("/");
  if (ends.length > 2 || text === "") throw wrong("datetime", "2026-11-01T00:00:00Z/..");
  const [from, to] = ends.map((end) => (end === "" || end === ".." ? undefined : dayOf(end, offsetMinutes)));
  if (ends.length === 1) return { fromDay: from, toDay: from };
  if (!from && !to) throw wrong("datetime", "2026-11-01T00:00:00Z/..");
  if (from && to && from > to) throw wrong("datetime", "from/to");
  return { fromDay: from, toDay: to };
}

/**
 * Reads the words of an address. A word that the collection does not know is refused, as the standard asks: a client that
 * misspelt a filter would take everything for the answer.
 * @throws Refusal invalidInput
 */
export function readAsk(query: Record<string, unknown>, collection: Collection, offsetMinutes: number): Ask {
  const ask: Ask = { limit: usual, where: {} };
  for (const [name, given] of Object.entries(query)) {
    if (typeof given !== "string") throw wrong(name, "once");
    if (name === "f") {
      if (!/json/u.test(given)) throw wrong("f", "json");
    } else if (name === "limit") {
      if (!/^[1-9]\d{0,8}$/u.test(given)) throw wrong("limit", `1–${most}`);
      ask.limit = Math.min(most, Number(given));
    } else if (name === "after") ask.after = given.slice(0, 60);
    else if (name === "bbox") ask.box = boxOf(given);
    else if (name === "datetime") Object.assign(ask, daysOf(given, offsetMinutes));
    else if (collection.queryables.includes(name)) ask.where[name] = given.slice(0, 60);
    else throw wrong(name.slice(0, 40), collection.queryables.join(", "));
  }
  return ask;
}
