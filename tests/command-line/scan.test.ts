import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { command } from "../../apps/cli/src/commands/scan.ts";
import { ask, files } from "./asked.ts";

type Found = {
  locations: string[];
  days: (number | string)[];
  observed: number;
  expected: number;
  llr: number;
  p: number;
};
type Answer = { clusters: (Found & { recurrenceInterval: number | null })[]; seconds: number; settings: object };

const town = Array.from({ length: 9 }, (_, i) => ({ id: `p${i}`, x: i % 3, y: Math.floor(i / 3) }));
const rows = Array.from({ length: 180 }, (_, i) => ({ id: `p${i % 9}`, day: Math.floor(i / 9), count: 1 }));
const loud = { id: "p4", day: 19, count: 12 };
const locations = ["id,x_km,y_km", ...town.map(({ id, x, y }) => `${id},${x},${y}`)].join("\n");
const cases = ["id,day,count", ...[...rows, loud].map(({ id, day, count }) => `${id},${day},${count}`)].join("\n");
const quick = ["--max-share", "0.5", "--replicates", "99", "--json"];

async function scanned(texts: Record<string, string>, ...options: string[]): Promise<Answer> {
  const paths = files({ locations, cases, ...texts });
  const given = Object.entries(paths).flatMap(([name, path]) => [`--${name}`, path]);
  const { code, out, error } = await ask(command, ...given, ...quick, ...options);
  expect(error).toBe("");
  expect(code).toBe(0);
  return JSON.parse(out) as Answer;
}

async function refused(texts: Record<string, string>, ...options: string[]): Promise<string> {
  const paths = files({ locations, cases, ...texts });
  const given = Object.entries(paths).flatMap(([name, path]) => [`--${name}`, path]);
  const { code, out, error } = await ask(command, ...given, ...quick, ...options);
  expect(out).toBe("");
  expect(code).toBe(2);
  return error;
}

describe("linge scan", () => {
  it("finds the loud block and says when, how much and how surprising", async () => {
    const { clusters, settings, seconds } = await scanned({});
    const [first] = clusters;
    expect(first).toMatchObject({ locations: ["p4"], days: [19, 19], observed: 13 });
    expect(first!.expected).toBeCloseTo((32 * 21) / 192, 9);
    expect(first!.p).toBe(0.01);
    expect(first!.recurrenceInterval).toBeCloseTo(100, 9);
    expect(settings).toMatchObject({ model: "space-time-permutation", windows: { from: 1, to: 14 }, seed: 1 });
    expect(seconds).toBeGreaterThan(0);
  });

  it("reads the same from other names, separators, quotes, dates and orders", async () => {
    const usual = (await scanned({})).clusters;
    const date = (day: number) => new Date(Date.UTC(2026, 1, 1 + day)).toISOString().slice(0, 10);
    const changed = {
      locations: `\uFEFFLocation;X;Y;Name\r\n${town.map(({ id, x, y }) => `"${id}"; ${x};${y};"North; ""old"" town"`).join("\r\n")}\r\n\r\n`,
      cases: `date\tplace\n${[...rows, ...Array.from({ length: 12 }, () => loud)]
        .toReversed()
        .map(({ id, day }) => `${date(day)}T08:30:00\t${id}`)
        .join("\n")}`,
    };
    const { clusters } = await scanned(changed);
    expect(clusters.map(({ locations, llr }) => [locations, llr])).toEqual(
      usual.map(({ locations, llr }) => [locations, llr]),
    );
    expect(clusters[0]!.days).toEqual([date(19), date(19)]);
    const blanks = cases.replaceAll(",", "  ");
    expect((await scanned({ cases: blanks })).clusters).toEqual(usual);
  });

  it("ends the study where it is told", async () => {
    const { clusters } = await scanned({}, "--end", "18");
    expect(clusters).toEqual([]);
    const dated = cases.replaceAll(
      /,(\d+),/g,
      (_, day: string) => `,2026-03-${String(Number(day) + 1).padStart(2, "0")},`,
    );
    const { clusters: found, settings } = await scanned({ cases: dated }, "--end", "2026-03-20");
    expect(found[0]!.days).toEqual(["2026-03-20", "2026-03-20"]);
    expect(settings).toMatchObject({ end: "2026-03-20" });
  });

  it("scans in space alone with a population, adjusted for strata when both files have them", async () => {
    const people = ["id,population", ...town.map(({ id }) => `${id},100`)].join("\n");
    const { clusters } = await scanned({ population: people }, "--model", "poisson");
    expect(clusters[0]!.locations).toEqual(["p4"]);
    expect(clusters[0]!.expected).toBeCloseTo(192 / 9, 9);
    const byAge = ["id,age,cases", ...town.map(({ id }, i) => `${id},old,${i === 4 ? 30 : 3}`), "p0,young,1"].join(
      "\n",
    );
    const ages = [
      "id,age,population",
      ...town.flatMap(({ id }, i) => [`${id},old,${i === 4 ? 1000 : 100}`, `${id},young,500`]),
    ];
    const adjusted = await scanned({ cases: byAge, population: ages.join("\n") }, "--model", "poisson");
    // Where the old live there are many cases, but no more than their number explains.
    expect(adjusted.clusters[0]?.p ?? 1).toBeGreaterThan(0.05);
  });

  it("takes controls, alone or with the cases", async () => {
    const alone = ["id,controls", ...town.map(({ id }) => `${id},50`)].join("\n");
    const together = ["id,population", ...town.map(({ id }) => `${id},${id === "p4" ? 82 : 70}`)].join("\n");
    const [first, second] = [
      await scanned({ population: alone }, "--model", "bernoulli"),
      await scanned({ population: together }, "--model", "bernoulli"),
    ];
    expect(first!.clusters[0]!.locations).toEqual(["p4"]);
    expect(second!.clusters).toEqual(first!.clusters);
  });

  it("goes by ways where they are given, and never where none leads", async () => {
    const ways = ["from,to,km", ...town.slice(1).map(({ id }, i) => `p${i},${id},1`)].join("\n");
    const { clusters } = await scanned({ distances: ways }, "--max-share", "0.9");
    expect(clusters[0]!.locations).toEqual(["p4"]);
    for (const { locations: within } of clusters) expect(within.length).toBeLessThanOrEqual(3);
  });

  it("gives the same answer for a seed", async () => {
    const [one, again] = [await scanned({}, "--seed", "5"), await scanned({}, "--seed", "5")];
    expect(again!.clusters).toEqual(one!.clusters);
  });

  it("says what is wrong, where", async () => {
    expect(await refused({ cases: "" })).toMatch(/cases\.csv is empty/);
    expect(await refused({ cases: "id,day,count\n" })).toMatch(/no cases/);
    expect(await refused({ cases: `${cases}\np99,3,1` })).toMatch(/line 183: place p99 is not in .*locations/);
    expect(await refused({ cases: `${cases}\np1,3,-1` })).toMatch(/line 183: the count is -1/);
    expect(await refused({ cases: `${cases}\np1,3,0.5` })).toMatch(/line 183: the count is 0.5/);
    expect(await refused({ cases: `${cases}\np1,3,many` })).toMatch(/line 183: "many" is not a number/);
    expect(await refused({ cases: `${cases}\np1,2026-02-30,1` })).toMatch(/line 183: "2026-02-30" is neither/);
    expect(await refused({ cases: `${cases}\np1,2026-02-03,1` })).toMatch(/mixes dates and day numbers/);
    expect(await refused({ cases: `${cases}\np1,3` })).toMatch(/line 183: expected 3 cells, found 2/);
    expect(await refused({ cases: `${cases}\n"p1,3,1` })).toMatch(/not closed/);
    expect(await refused({ cases: "who,when\np1,3" })).toMatch(/no column id or location/);
    expect(await refused({ locations: "id,x,y\na,1,2\na,1,3" })).toMatch(/line 3: place a was already given/);
    expect(await refused({ locations: "id,x,y\na,1,2", cases: "id,day\na,1\na,2" })).toMatch(/two places/);
    expect(await refused({ locations: "id,lon,lat\na,190,2" })).toMatch(/not a longitude/);
    expect(await refused({}, "--end", "2026-01-01")).toMatch(/--end must be a number/);
    expect(await refused({}, "--windows", "some")).toMatch(/1\.\.14/);
    expect(await refused({}, "--model", "normal")).toMatch(/--model is one of/);
    expect(await refused({}, "--model", "poisson")).toMatch(/needs --population/);
    expect((await ask(command, "--cases", "nowhere.csv", "--locations", "nowhere.csv")).error).toMatch(/cannot read/);
  });

  it("explains itself", async () => {
    const { code, out } = await ask(command, "--help");
    expect(code).toBe(0);
    for (const word of ["--locations", "--windows", "--penalty", "--p-value"]) expect(out).toContain(word);
  });

  const oracle = fileURLToPath(new URL("../../../shared/data/oracles/synthetic_city/S/", import.meta.url));
  it.skipIf(!existsSync(oracle))("finds in the city what SaTScan finds", async () => {
    const given = ["--locations", `${oracle}locations.csv`, "--cases", `${oracle}cases.csv`];
    const { out } = await ask(command, ...given, "--max-share", "0.5", "--replicates", "999", "--json");
    const { clusters } = JSON.parse(out) as Answer;
    expect(clusters[0]).toMatchObject({ locations: ["123"], days: [86, 89] });
    expect(clusters[0]!.llr).toBeCloseTo(7.556038, 6);
    expect(clusters[1]!.locations.toSorted()).toEqual(["190", "32"]);
  });
});
