import { isWithin } from "@linge/domain/territory/code.ts";
import type { Area } from "@linge/domain/territory/types.ts";
import { pick, type Random } from "./random.ts";
import { day } from "./rhythm.ts";

/** Something that really happened in the demo city and brought reports of its own: what early warning should find. */
export type DemoEvent = {
  id: string;
  kind: "typhoon" | "surge";
  categoryIds: string[];
  /** Codes of the grids where it happened. */
  gridCodes: string[];
  /** First and last moment, ISO 8601. */
  from: string;
  to: string;
  /** Reports that would not have come without it. */
  cases: number;
};

const typhoonCategories = [
  "emergency.typhoon",
  "emergency.floodAndOutage",
  "facilities.powerSupply",
  "seaTransit.sailings",
  "housing.leaks",
  "environment.floatingDebris",
];
const surgeCategories = [
  "facilities.waterSupply",
  "environment.litter",
  "housing.lifts",
  "traffic.roadSurface",
  "facilities.streetLights",
  "health.clinics",
];
/** Two counties that a typhoon from the south-east meets first. */
const exposed = ["330903000000", "330922000000"];

/** The last typhoon season's August in the period, else a third into it. */
function typhoonStart(from: number, to: number): number {
  for (let year = new Date(to).getUTCFullYear(); year >= new Date(from).getUTCFullYear(); year--) {
    const start = Date.UTC(year, 7, 12);
    if (start > from && start + 4 * day < to) return start;
  }
  return from + (to - from) / 3;
}

/**
 * The typhoon and the local surges of a period, which together bring about a tenth of the reports.
 * @param grids the grids on land with their centres
 */
export function planEvents(
  random: Random,
  grids: readonly Area[],
  period: { from: number; to: number; cases: number },
): DemoEvent[] {
  const { from, to, cases } = period;
  const start = typhoonStart(from, to);
  const typhoon: DemoEvent = {
    id: "typhoon",
    kind: "typhoon",
    categoryIds: typhoonCategories,
    gridCodes: grids.filter((grid) => exposed.some((county) => isWithin(grid.code, county))).map((grid) => grid.code),
    from: new Date(start).toISOString(),
    to: new Date(start + 3 * day).toISOString(),
    cases: Math.round(cases * 0.05),
  };
  const months = Math.max(2, Math.min(12, Math.round((to - from) / (30 * day))));
  const surges = Array.from({ length: months }, (_, i): DemoEvent => {
    const length = (3 + Math.floor(random() * 4)) * day;
    // The last one is still going on, so that a new city has something to be warned of.
    const end = i === months - 1 ? to : from + ((i + 0.5 + random() * 0.5) / months) * (to - from - length) + length;
    const centre = pick(random, grids);
    return {
      id: `surge-${i + 1}`,
      kind: "surge",
      categoryIds: [surgeCategories[i % surgeCategories.length]!],
      gridCodes: nearest(grids, centre, 3 + Math.floor(random() * 5)).map((grid) => grid.code),
      from: new Date(end - length).toISOString(),
      to: new Date(end).toISOString(),
      cases: 6 + Math.round(Math.sqrt(cases) / 12 + random() * 6),
    };
  });
  return [typhoon, ...surges];
}

function nearest(grids: readonly Area[], to: Area, count: number): Area[] {
  const [lon, lat] = to.centre!;
  const distance = (grid: Area): number => Math.hypot((grid.centre![0] - lon) * Math.cos(0.52), grid.centre![1] - lat);
  return [...grids].sort((a, b) => distance(a) - distance(b)).slice(0, count);
}
