import { parseArgs } from "node:util";
import { scan, ScanInputError, type Model, type ScanInput, type ScanSettings } from "@linge/scan";
import type { Command } from "../command.ts";
import { column, dayNumber, isDate, number, readTable } from "../scan/table.ts";

const text = { type: "string" } as const;
const options = {
  locations: text, cases: text, population: text, model: text, type: text, end: text, windows: text,
  "max-share": text, "max-radius": text, "min-cases": text, replicates: text, "p-value": text, seed: text,
  json: { type: "boolean" },
} as const;

type Options = ReturnType<typeof parse>;
const parse = (args: string[]) => parseArgs({ args, options, strict: true }).values;

/** `linge scan`: clusters of cases in CSV files. */
export const command: Command = {
  usage: "scan --locations FILE --cases FILE [--population FILE] [--model M] [--windows 1..14] [--json]",
  summary: "Find places and days with more cases than expected",
  async run(args) {
    const began = performance.now();
    try {
      const given = parse(args);
      const settings = readSettings(given);
      const { input, dated } = readInput(given, settings);
      let told = began;
      const result = scan(input, settings, {
        progress(done, of) {
          if (performance.now() - told < 1000) return;
          told = performance.now();
          console.error(`${done} of ${of} replicates`);
        },
      });
      const show = (day: number) => (dated ? new Date(day * 86_400_000).toISOString().slice(0, 10) : day);
      const clusters = result.clusters.map((each) => ({ ...each, days: each.days.map(show) }));
      const seconds = (performance.now() - began) / 1000;
      if (given.json) console.log(JSON.stringify({ clusters, seconds, replicates: result.replicates, settings }));
      else
        for (const { locations, days, observed, expected, p } of clusters)
          console.log(`${days.join(" to ")}: ${observed} cases, ${expected.toFixed(2)} expected, p ${p.toPrecision(3)}, ${locations.length} places around ${locations[0]}`);
      return 0;
    } catch (error) {
      const code = (error as { code?: string }).code ?? "";
      if (!(error instanceof ScanInputError) && !code.startsWith("ERR_PARSE_ARGS")) throw error;
      console.error(`linge scan: ${(error as Error).message}`);
      return 2;
    }
  },
};

function readSettings(given: Options): ScanSettings {
  const choose = <T extends string>(name: "model" | "type" | "p-value", allowed: T[]): T => {
    const value = (given[name] ?? allowed[0]) as T;
    if (!allowed.includes(value)) throw new ScanInputError(`--${name} is one of ${allowed.join(", ")}`);
    return value;
  };
  const figure = (name: "max-share" | "max-radius" | "min-cases" | "replicates" | "seed") =>
    given[name] === undefined ? undefined : number(`--${name}`, given[name]);
  const span = given.windows === undefined ? undefined : /^(\d+)\.\.(\d+)$/.exec(given.windows);
  if (span === null) throw new ScanInputError("--windows is a range of days such as 1..14");
  const model = choose<Model>("model", ["space-time-permutation", "poisson", "bernoulli"]);
  const radius = figure("max-radius");
  return {
    model,
    type: choose("type", ["prospective", "retrospective"]),
    ...(span ? { windows: { from: Number(span[1]), to: Number(span[2]) } }
      : model === "space-time-permutation" ? { windows: { from: 1, to: 14 } } : {}),
    ...(given.end === undefined ? {} : { end: dayNumber("--end", given.end) }),
    ...(radius === undefined ? {} : { maxRadius: radius }),
    minCases: figure("min-cases") ?? 1,
    maxShare: figure("max-share") ?? 0.1,
    replicates: figure("replicates") ?? 999,
    pValue: choose("p-value", ["full", "sequential", "gumbel"]),
    seed: figure("seed") ?? 1,
  };
}

function readInput(given: Options, settings: ScanSettings): { input: ScanInput; dated: boolean } {
  const { locations, cases } = given;
  if (!locations || !cases) throw new ScanInputError("give --locations FILE and --cases FILE");
  const placed = readTable(locations);
  const id = column(locations, placed.names, ["id"]);
  const lonlat = placed.names.some((name) => name.toLowerCase() === "lon");
  const x = column(locations, placed.names, ["x_km", "x", "lon"]);
  const y = column(locations, placed.names, ["y_km", "y", "lat"]);
  const places = placed.rows.map((row) => ({ id: row[id]!, x: number(locations, row[x]!), y: number(locations, row[y]!) }));
  if (lonlat) settings.coordinates = "lonlat";
  const index = new Map(places.map((place, i) => [place.id, i]));
  const indexOf = (path: string, each: string) => {
    const at = index.get(each);
    if (at === undefined) throw new ScanInputError(`${path} names place ${each}, which is not in ${locations}`);
    return at;
  };
  const counted = readTable(cases);
  const [caseId, day, count] = ["id", "day", "count"].map((name) => column(cases, counted.names, [name])) as [number, number, number];
  const rows = counted.rows.map((row) => ({
    place: indexOf(cases, row[caseId]!), day: dayNumber(cases, row[day]!), count: number(cases, row[count]!),
  }));
  const dated = counted.rows.some((row) => isDate(row[day]!));
  if (dated && !counted.rows.every((row) => isDate(row[day]!))) throw new ScanInputError(`${cases} mixes dates and day numbers`);
  if (!given.population) return { input: { places, cases: rows }, dated };
  const path = given.population;
  const people = readTable(path);
  const personId = column(path, people.names, ["id"]);
  const amount = column(path, people.names, ["population", "pop", "expected", "count"]);
  const population = places.map(() => 0);
  for (const row of people.rows) population[indexOf(path, row[personId]!)]! += number(path, row[amount]!);
  return { input: { places, cases: rows, population }, dated };
}
