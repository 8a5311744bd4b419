import { readFileSync } from "node:fs";
import { makeLocator } from "../src/territory/locator.ts";
import { filesOfPack, parseCityPack, parseManifest } from "../src/territory/pack.ts";

const folder = new URL("../../../data/zhoushan/", import.meta.url);
const points = 1_000_000;
const rounds = 3;

/** Locates a million points: in the box of the main island (half land, half sea), and in the whole city (mostly sea). */
export async function rows() {
  const locator = makeLocator(readGrids());
  const island = measure(locator.locate, [121.95, 29.85, 122.4, 30.2]);
  const city = measure(locator.locate, [121.5, 29.5, 123.3, 31]);
  const near = measure(locator.seek, [121.95, 29.85, 122.4, 30.2]);
  return [
    row("locate a point around the main island", island, 2),
    row("locate a point anywhere in the city", city, 2),
    row("the same around the main island, with the nearest grid for points at sea", near),
  ];
}

function row(goal: string, { micros, found }: { micros: number; found: number }, limit?: number) {
  const note = `${points.toLocaleString("en")} random points, ${Math.round(found * 100)} % answered, best of ${rounds}`;
  const target = limit === undefined ? "(none)" : `≤ ${limit} µs`;
  return { goal, target, measured: `${micros.toFixed(2)} µs`, reached: limit === undefined || micros <= limit, note };
}

function measure(locate: (lon: number, lat: number) => unknown, [west, south, east, north]: number[]) {
  const lons = Float64Array.from({ length: points }, () => west! + Math.random() * (east! - west!));
  const lats = Float64Array.from({ length: points }, () => south! + Math.random() * (north! - south!));
  let [best, found] = [Infinity, 0];
  for (let round = 0; round < rounds; round++) {
    found = 0;
    const start = performance.now();
    for (let i = 0; i < points; i++) if (locate(lons[i]!, lats[i]!) !== undefined) found++;
    best = Math.min(best, performance.now() - start);
  }
  return { micros: (best * 1000) / points, found: found / points };
}

function readGrids() {
  const text = (name: string) => readFileSync(new URL(name, folder), "utf8");
  const names = ["pack.json", ...filesOfPack(parseManifest(text("pack.json")))];
  return parseCityPack(Object.fromEntries(names.map((name) => [name, text(name)]))).grids;
}
