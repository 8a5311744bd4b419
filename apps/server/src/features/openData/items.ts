import { readCaseNumber } from "@linge/domain/case/number.ts";
import { monthOf } from "@linge/domain/assessment/month.ts";
import type { Box } from "@linge/domain/openData/coarsen.ts";
import type { House } from "../../platform/house.ts";
import type { Ask } from "./ask.ts";
import { boundsOf } from "./collections.ts";
import { caseFeature, countFeature, type Feature } from "./formats.ts";
import { openCases } from "./published.ts";
import { openReleases } from "./release.ts";

/** A page of features; `next` is what the page after it is asked for with. */
export type Page = { features: Feature[]; next?: string; matched?: number };

export async function casePage(house: House, ask: Ask): Promise<Page> {
  const { category, area, state } = ask.where;
  const after = ask.after && readCaseNumber(ask.after);
  if (ask.after && !after) return { features: [] };
  const { items, more } = await openCases(house, { ...ask, after, category, area, state });
  return { features: items.map(caseFeature), next: more ? items.at(-1)!.number : undefined };
}

function meets(geometry: object | null, box: Box | undefined): boolean {
  if (!box) return true;
  if (!geometry) return false;
  const [west, south, east, north] = boundsOf(geometry);
  return west <= box.east && east >= box.west && south <= box.north && north >= box.south;
}

/** A page of what is small enough to be gone through; `after` counts features. */
function pageOf(all: readonly Feature[], { limit, after, box }: Ask): Page {
  const from = after && /^\d{1,7}$/u.test(after) ? Number(after) : 0;
  const found = all.filter(({ geometry }) => meets(geometry, box));
  const end = from + limit;
  return {
    features: found.slice(from, end),
    matched: found.length,
    next: end < found.length ? String(end) : undefined,
  };
}

async function countFeatures(
  house: House,
  { fromDay, toDay, where }: Pick<Ask, "fromDay" | "toDay" | "where">,
): Promise<Feature[]> {
  const { offsetMinutes } = house.settings.calendar();
  const lastDay = (month: string): string =>
    new Date(Date.parse(monthOf(month, offsetMinutes).to) - 1 + offsetMinutes * 60_000).toISOString().slice(0, 10);
  const releases = (await openReleases(house, where.month)).filter(
    ({ month }) => (!toDay || `${month}-01` <= toDay) && (!fromDay || lastDay(month) >= fromDay),
  );
  return releases.flatMap((release) =>
    release.cells
      .filter(({ area, family }) => (!where.area || area === where.area) && (!where.family || family === where.family))
      .map((cell) => countFeature(house, release, cell)),
  );
}

export async function countPage(house: House, ask: Ask): Promise<Page> {
  return pageOf(await countFeatures(house, ask), ask);
}

function areaFeatures(house: House, where: Ask["where"]): Feature[] {
  return house.territory
    .all()
    .filter(({ level, parentCode }) => {
      if (!["county", "township", "community"].includes(level)) return false;
      return (!where.level || level === where.level) && (!where.parent || parentCode === where.parent);
    })
    .map(({ code, level, parentCode, names, indicative, geometry }) => ({
      type: "Feature",
      id: code,
      geometry: (geometry as object | undefined) ?? null,
      properties: { code, level, parent: parentCode ?? null, zh: names.zh, en: names.en ?? names.zh, indicative },
    }));
}

export async function areaPage(house: House, ask: Ask): Promise<Page> {
  return pageOf(areaFeatures(house, ask.where), ask);
}

export const pages = { cases: casePage, counts: countPage, areas: areaPage };

/** One feature by its id, if everybody may have it. */
export async function featureById(
  house: House,
  collection: keyof typeof pages,
  id: string,
): Promise<Feature | undefined> {
  if (collection === "cases") {
    const number = readCaseNumber(id);
    const [item] = number ? (await openCases(house, { number, limit: 1 })).items : [];
    return item && caseFeature(item);
  }
  const all =
    collection === "counts"
      ? await countFeatures(house, { where: { month: id.slice(0, 7) } })
      : areaFeatures(house, {});
  return all.find((feature) => feature.id === id);
}
