import { seedPhrases } from "@linge/domain/category/phrases.ts";
import type { CaseKind, CasePlace } from "@linge/domain/case/record.ts";
import type { Area } from "@linge/domain/territory/types.ts";
import type { DemoEvent } from "./events.ts";
import { pick, type Random } from "./random.ts";
import { categoryWeight, drawTime, inClosedSeason } from "./rhythm.ts";

/** What somebody in the demo city is about to report. */
export type DemoReport = { at: number; categoryId: string; kind: CaseKind; text: string; place: CasePlace; grid: Area };

const focusWeights = { key: 2, service: 1.2, liaison: 0.7 };
const phrasesOf = Map.groupBy(
  seedPhrases.filter((phrase) => /^\p{Script=Han}{4,}$/u.test(phrase.text)),
  (phrase) => phrase.id,
);

/** Draws from a list by weights. */
export function weighted<T>(items: readonly T[], weightOf: (item: T) => number): (random: Random) => T {
  let sum = 0;
  const marks = items.map((item) => (sum += weightOf(item)));
  return (random) => {
    const mark = random() * sum;
    let low = 0;
    let high = items.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (marks[middle]! > mark) high = middle;
      else low = middle + 1;
    }
    return items[low]!;
  };
}

/** A point in a grid: drawn in the box of its largest part until it falls inside, else the centre. */
export function pointIn(random: Random, grid: Area, holds: (lon: number, lat: number) => boolean): CasePlace {
  const ring = grid.geometry!.coordinates[0]![0]!;
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  for (let tries = 0; tries < 12; tries++) {
    const lon = Math.round((west + random() * (east - west)) * 1e6) / 1e6;
    const lat = Math.round((south + random() * (north - south)) * 1e6) / 1e6;
    if (holds(lon, lat)) return { lon, lat };
  }
  const [lon, lat] = grid.centre!;
  return { lon, lat };
}

type City = {
  grids: readonly Area[];
  categoryIds: readonly string[];
  locate(lon: number, lat: number): Area | undefined;
};

/** Draws reports one after the other; the same seed makes the same city. */
export function reporter(random: Random, city: City) {
  const onLand = city.grids.filter((grid) => grid.geometry && grid.centre);
  const atSea = city.grids.filter((grid) => grid.vessels?.length);
  const anyGrid = weighted(onLand, (grid) => focusWeights[grid.focus ?? "service"]);
  const byCode = new Map(city.grids.map((grid) => [grid.code, grid]));
  const usual = [false, true].map((closed) => {
    const someDay = Date.UTC(2026, closed ? 6 : 11, 1);
    return weighted(city.categoryIds, (id) => categoryWeight(id, someDay));
  });

  const say = (at: number, categoryId: string, grid: Area): DemoReport => {
    const phrases = phrasesOf.get(categoryId);
    const name = grid.names.zh;
    const vessel = grid.vessels && pick(random, grid.vessels).name;
    const place = vessel
      ? { name: vessel }
      : { ...pointIn(random, grid, (lon, lat) => city.locate(lon, lat)?.code === grid.code), name };
    return {
      at,
      categoryId,
      kind: random() < 0.7 ? "help" : "complaint",
      text: `${vessel ?? name}：${phrases ? pick(random, phrases).text : "请来看看"}`,
      place,
      grid,
    };
  };

  return {
    /** An everyday report at a time. */
    usual(at: number): DemoReport {
      const categoryId = usual[Number(inClosedSeason(at))]!(random);
      const fishes = categoryId.startsWith("fishery.") && atSea.length > 0 && random() < 0.7;
      return say(at, categoryId, fishes ? pick(random, atSea) : anyGrid(random));
    },
    /** One that an event brought about. */
    caused(event: DemoEvent): DemoReport {
      const at = drawTime(random, Date.parse(event.from), Date.parse(event.to));
      return say(at, pick(random, event.categoryIds), byCode.get(pick(random, event.gridCodes))!);
    },
  };
}
