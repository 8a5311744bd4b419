import { readFileSync } from "node:fs";
import { makeLocator } from "../src/territory/locator.ts";
import { filesOfPack, parseCityPack, parseManifest } from "../src/territory/pack.ts";

const folder = new URL("../../../data/zhoushan/", import.meta.url);
const textOf = (name: string): string => readFileSync(new URL(name, folder), "utf8");

/** Time to find the grid of a point, over points within a kilometre or so of their middles. */
export async function rows() {
  const manifest = textOf("pack.json");
  const texts = filesOfPack(parseManifest(manifest)).map((name) => [name, textOf(name)] as const);
  const { grids } = parseCityPack({ "pack.json": manifest, ...Object.fromEntries(texts) });
  const locator = makeLocator(grids);
  const centres = grids.flatMap((grid) => (grid.centre ? [grid.centre] : []));
  const points = Float64Array.from({ length: 200_000 }, (_, i) => {
    const centre = centres[(i >> 1) % centres.length]!;
    return centre[i % 2]! + (Math.random() - 0.5) * 0.02;
  });
  let inside = 0;
  let best = Infinity;
  for (let turn = 0; turn < 7; turn++) {
    inside = 0;
    const start = performance.now();
    for (let i = 0; i < points.length; i += 2) if (locator.locate(points[i]!, points[i + 1]!)) inside += 1;
    best = Math.min(best, ((performance.now() - start) * 1000) / (points.length / 2));
  }
  return [
    {
      goal: "a point located among 1,230 grids",
      target: "≤ 2 µs",
      measured: `${best.toFixed(2)} µs`,
      reached: best <= 2,
      note: `${((200 * inside) / points.length).toFixed(0)} % of the points on land`,
    },
  ];
}
