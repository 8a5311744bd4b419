import { ScanInputError, type ScanSettings } from "@linge/scan";
import { dayNumber } from "./days.ts";
import { number } from "./table.ts";

const text = { type: "string" } as const;

/** Options of `linge scan` as they are typed. */
export const scanOptions = {
  locations: text,
  cases: text,
  population: text,
  distances: text,
  model: text,
  type: text,
  start: text,
  end: text,
  windows: text,
  "max-share": text,
  "max-radius": text,
  "max-places": text,
  "min-cases": text,
  shape: text,
  penalty: text,
  "first-angle": text,
  "permute-within": text,
  replicates: text,
  "p-value": text,
  seed: text,
  threads: text,
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

export type ScanOptions = {
  readonly [K in keyof typeof scanOptions]?: (K extends "json" | "help" ? boolean : string) | undefined;
};

export const scanHelp = `linge scan finds places and days with more cases than expected.

  --locations FILE   places: id and x_km, y_km (or x, y; or lon, lat), perhaps population
  --cases FILE       cases: id, day and count; a row without a count is one case
  --population FILE  poisson: id, population, perhaps day or year, perhaps strata such as age that the cases have as well
                     bernoulli: id, controls (or cases and controls together as population), perhaps day
  --distances FILE   from, to, distance, where straight lines mislead; what no row connects is out of reach
                     A day is a whole number or a date; files are UTF-8, parted by commas, tabs, semicolons or blanks.

  --model M          space-time-permutation (default; needs no population), poisson, bernoulli
  --type T           prospective (default): clusters that go on at the end; retrospective: at any time
  --start DAY        first day of the study, by default the first with a case
  --end DAY          last day of the study, by default the last with a case; later cases are left out
  --windows A..B     shortest and longest duration in days, by default 1..14; poisson and bernoulli: none, which is in
                     space alone
  --max-share S      largest cluster as a share of all cases (permutation) or of the population, by default 0.1
  --max-radius R     in km of the coordinates, or the unit of the distances
  --max-places N     largest number of places in a cluster
  --min-cases N      fewest cases of a cluster, by default 2
  --shape S          circle (default) or ellipse
  --penalty P        of narrow ellipses: none, medium (default), strong; --first-angle DEGREES turns them, by default 0
  --permute-within weekday  permutation: keep the rhythm of the week of each place
  --replicates N     data sets without clusters to compare with, by default 999
  --p-value P        full (default), sequential (stops after 50 that are at least as surprising), gumbel
  --seed N           the same seed gives the same answer, by default 1
  --threads N        by default one for each processor
  --json             clusters, seconds and settings for programs; progress goes to the error output
`;

/** The settings that were typed; errors name the option. */
export function readSettings(given: ScanOptions): ScanSettings {
  const day = (name: "start" | "end") => (given[name] === undefined ? undefined : dayNumber(`--${name}`, given[name]));
  return withoutUndefined({
    model: choose(given, "model", ["space-time-permutation", "poisson", "bernoulli"] as const),
    type: choose(given, "type", ["prospective", "retrospective"] as const),
    shape: choose(given, "shape", ["circle", "ellipse"] as const),
    penalty: choose(given, "penalty", ["none", "medium", "strong"] as const),
    permuteWithin: choose(given, "permute-within", ["weekday"] as const),
    pValue: choose(given, "p-value", ["full", "sequential", "gumbel"] as const),
    windows: windows(given.windows),
    start: day("start"),
    end: day("end"),
    maxShare: share(given["max-share"]),
    maxRadius: figure(given, "max-radius"),
    maxPlaces: figure(given, "max-places"),
    minCases: figure(given, "min-cases"),
    firstAngle: figure(given, "first-angle"),
    replicates: figure(given, "replicates"),
    seed: figure(given, "seed"),
  });
}

function choose<T extends string>(given: ScanOptions, name: keyof ScanOptions, allowed: readonly T[]): T | undefined {
  const value = given[name];
  const found = allowed.find((each) => each === value);
  if (value !== undefined && !found) throw new ScanInputError(`--${name} is one of ${allowed.join(", ")}`);
  return found;
}

function figure(given: ScanOptions, name: keyof ScanOptions): number | undefined {
  return given[name] === undefined ? undefined : number(`--${name}`, String(given[name]));
}

function windows(typed: string | undefined): ScanSettings["windows"] | undefined {
  if (typed === undefined) return undefined;
  const found = /^(?:(\d+)(?:\.\.|-))?(\d+)$/.exec(typed.trim());
  if (!found) throw new ScanInputError("--windows is a range of days such as 1..14");
  return { from: Number(found[1] ?? 1), to: Number(found[2]) };
}

/** 0.5 or 50%. */
function share(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  return typed.endsWith("%") ? number("--max-share", typed.slice(0, -1)) / 100 : number("--max-share", typed);
}

function withoutUndefined(settings: { [K in keyof ScanSettings]: ScanSettings[K] | undefined }): ScanSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
