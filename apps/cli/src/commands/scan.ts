import { parseArgs } from "node:util";
import { scan, ScanInputError, type Model, type ScanSettings } from "@linge/scan";
import type { Command } from "../command.ts";
import { readInput } from "../scan/input.ts";
import { dayNumber, number } from "../scan/table.ts";

const text = { type: "string" } as const;
const options = {
  locations: text,
  cases: text,
  population: text,
  model: text,
  type: text,
  start: text,
  end: text,
  windows: text,
  "max-share": text,
  "max-radius": text,
  "min-cases": text,
  "permute-within": text,
  replicates: text,
  "p-value": text,
  seed: text,
  json: { type: "boolean" },
} as const;

type Options = ReturnType<typeof parse>;
const parse = (args: string[]) => parseArgs({ args, options, strict: true }).values;

/** `linge scan`: clusters of cases in CSV files. */
export const command: Command = {
  usage:
    "scan --locations FILE --cases FILE [--population FILE] [--model space-time-permutation|poisson|bernoulli]\n" +
    "    [--type prospective|retrospective] [--start DAY] [--end DAY] [--windows 1..14] [--max-share 0.1] [--max-radius KM]\n" +
    "    [--min-cases 2] [--replicates 999] [--p-value full|sequential|gumbel] [--seed 1] [--json]",
  summary: "Find places and days with more cases than expected",
  async run(args) {
    const began = performance.now();
    try {
      const given = parse(args);
      const { input, dated, settings } = readInput(given, readSettings(given));
      let told = began;
      const result = await scan(input, settings, {
        progress(done, of) {
          if (performance.now() - told < 1000) return;
          told = performance.now();
          console.error(`${done} of ${of} replicates`);
        },
      });
      const show = (day: number) => (dated ? new Date(day * 86_400_000).toISOString().slice(0, 10) : day);
      const clusters = result.clusters.map((each) => ({ ...each, days: each.days.map(show) }));
      const seconds = (performance.now() - began) / 1000;
      if (given.json)
        console.log(JSON.stringify({ clusters, seconds, replicates: result.replicates, settings: result.settings }));
      else
        for (const { locations, days, observed, expected, p } of clusters)
          console.log(
            `${days.join(" to ")}: ${observed} cases, ${expected.toFixed(2)} expected, p ${p.toPrecision(3)}, ${locations.length} places around ${locations[0]}`,
          );
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
  const choose = <T extends string>(name: "model" | "type" | "p-value", allowed: T[]): T | undefined => {
    const value = given[name] as T | undefined;
    if (value !== undefined && !allowed.includes(value))
      throw new ScanInputError(`--${name} is one of ${allowed.join(", ")}`);
    return value;
  };
  const figure = (name: "max-share" | "max-radius" | "min-cases" | "replicates" | "seed") =>
    given[name] === undefined ? undefined : number(`--${name}`, given[name]);
  const day = (name: "start" | "end") => (given[name] === undefined ? undefined : dayNumber(`--${name}`, given[name]));
  const span = given.windows === undefined ? undefined : /^(\d+)\.\.(\d+)$/.exec(given.windows);
  if (span === null) throw new ScanInputError("--windows is a range of days such as 1..14");
  const within = given["permute-within"];
  if (within !== undefined && within !== "weekday") throw new ScanInputError("--permute-within is weekday");
  return withoutUndefined({
    model: choose<Model>("model", ["space-time-permutation", "poisson", "bernoulli"]),
    type: choose("type", ["prospective", "retrospective"]),
    windows: span ? { from: Number(span[1]), to: Number(span[2]) } : undefined,
    start: day("start"),
    end: day("end"),
    maxShare: figure("max-share"),
    maxRadius: figure("max-radius"),
    minCases: figure("min-cases"),
    permuteWithin: within,
    replicates: figure("replicates"),
    pValue: choose("p-value", ["full", "sequential", "gumbel"]),
    seed: figure("seed"),
  });
}

function withoutUndefined(settings: { [K in keyof ScanSettings]: ScanSettings[K] | undefined }): ScanSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
