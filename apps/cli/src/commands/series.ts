import { parseArgs } from "node:util";
import {
  cusum,
  ears,
  farrington,
  farringtonFlexible,
  glrnb,
  ScanInputError,
  SeriesInputError,
  type FarringtonSettings,
  type Verdict,
} from "@linge/scan";
import type { Command } from "../command.ts";
import { periodOf, readSeries, type FileSeries } from "../scan/series.ts";
import { number } from "../scan/table.ts";

const text = { type: "string" } as const;
const options = {
  input: text,
  method: text,
  from: text,
  alpha: text,
  baseline: text,
  "min-sigma": text,
  period: text,
  years: text,
  "half-window": text,
  seasons: text,
  "weights-threshold": text,
  "leave-out": text,
  "trend-p": text,
  threshold: text,
  harmonics: text,
  trend: text,
  reweight: text,
  "enough-cases": text,
  "enough-points": text,
  reference: text,
  allowance: text,
  mean: text,
  transform: text,
  reset: text,
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

type Options = ReturnType<typeof parse>;
const parse = (args: string[]) => parseArgs({ args, options, strict: true }).values;

const methods: Record<string, (series: FileSeries, given: Options) => { verdicts: Verdict[]; settings: object }> = {
  c1: runEars,
  c2: runEars,
  c3: runEars,
  farrington: (series, given) => {
    const settings = farringtonSettings(series, given);
    return { settings, verdicts: farrington(series.counts, { ...settings, ...dates(series, given) }) };
  },
  "farrington-flexible": (series, given) => {
    const settings = {
      ...farringtonSettings(series, given),
      ...figures(given, {
        seasons: "seasons",
        weightsThreshold: "weights-threshold",
        leaveOut: "leave-out",
        trendP: "trend-p",
      }),
      ...(given.threshold ? { threshold: one("threshold", given.threshold, ["noufaily", "muan", "delta"]) } : {}),
    };
    return { settings, verdicts: farringtonFlexible(series.counts, { ...settings, ...dates(series, given) }) };
  },
  glrnb: (series, given) => {
    const settings = {
      period: period(series, given),
      ...start(given),
      ...figures(given, { threshold: "threshold", harmonics: "harmonics" }),
      ...(given.alpha === "fit" ? { alpha: "fit" as const } : figures(given, { alpha: "alpha" })),
      ...yesOrNo(given, "trend"),
    };
    return { settings, verdicts: glrnb(series.counts, settings) };
  },
  cusum: (series, given) => {
    const { from } = start(given);
    if (from === undefined) throw new SeriesInputError("give --from N, the first point to judge after the history");
    const settings = {
      from,
      ...figures(given, { mean: "mean", allowance: "allowance", threshold: "threshold" }),
      ...(given.transform ? { transform: one("transform", given.transform, ["standard", "rossi"]) } : {}),
      ...yesOrNo(given, "reset"),
    };
    return { settings, verdicts: cusum(series.counts, settings) };
  },
};

const help = `linge series finds points of a series that are higher than its history.

  --input FILE       a count per row, in order, perhaps with a date (or day, or t); no row may be missing
  --method M         c1, c2, c3 (EARS), farrington (1996), farrington-flexible, glrnb, cusum
  --from N           first point to judge, counted from 1; by default the first with enough history
  --alpha A          chance of a false alarm: 0.001 (c1, c2), 0.025 (c3), 0.05 (farrington, both sides),
                     0.01 (farrington-flexible); glrnb: variance is mean + A × mean², by default 0, or fit
  --json             {points: [{t, day, count, upperbound, alarm, expected, p}], seconds, settings}

  EARS               --baseline 7 --min-sigma 0
  farrington         --period 52 (by default from the dates) --years 4 --half-window 3 --reweight yes --trend yes
                     --enough-cases 5 --enough-points 4: fewer cases in the last points are no alarm (flexible: 0)
                     --reference dates|period: the same time of earlier years by its date or so many points before
  farrington-flexible  the same and --threshold noufaily|muan|delta --seasons 10 --weights-threshold 2.58
                     --leave-out 26 --trend-p 1
  glrnb              --period 52 --threshold 5 --harmonics 1 --trend no
  cusum              --threshold 2.26 --allowance 1.04 --transform standard|rossi --mean M --reset no
`;

/** `linge series`: points of a series of counts that are higher than its history. */
export const command: Command = {
  usage:
    "series --input FILE --method c1|c2|c3|farrington|farrington-flexible|glrnb|cusum [--from N] [--alpha A] [--period 52]\n" +
    "    [--years 4] [--half-window 3] [--baseline 7] [--min-sigma 0] [--reference dates|period] [--json] [--help]",
  summary: "Find points of a series that are higher than its history",
  async run(args) {
    const began = performance.now();
    try {
      const given = parse(args);
      if (given.help) {
        console.log(help);
        return 0;
      }
      if (!given.input) throw new SeriesInputError("give --input FILE");
      const method = one("method", given.method ?? "", Object.keys(methods));
      const series = readSeries(given.input);
      const { verdicts, settings } = methods[method]!(series, given);
      const points = verdicts.map(({ index, ...rest }) => ({ t: index + 1, day: series.labels[index]!, ...rest }));
      const seconds = (performance.now() - began) / 1000;
      if (given.json) console.log(JSON.stringify({ points, seconds, settings: { method, ...settings } }));
      else
        for (const { day, count, upperbound } of points.filter((point) => point.alarm))
          console.log(`${day}: ${count} cases, more than ${upperbound!.toFixed(2)}`);
      return 0;
    } catch (error) {
      const code = (error as { code?: string }).code ?? "";
      const expected =
        error instanceof SeriesInputError || error instanceof ScanInputError || code.startsWith("ERR_PARSE_ARGS");
      if (!expected) throw error;
      console.error(`linge series: ${(error as Error).message}`);
      return 2;
    }
  },
};

function runEars({ counts }: FileSeries, given: Options) {
  const settings = {
    method: given.method as "c1" | "c2" | "c3",
    ...start(given),
    ...figures(given, { baseline: "baseline", minSigma: "min-sigma", alpha: "alpha" }),
  };
  return { settings, verdicts: ears(counts, settings) };
}

function farringtonSettings(series: FileSeries, given: Options) {
  return {
    period: period(series, given),
    ...start(given),
    ...figures(given, { years: "years", halfWindow: "half-window", alpha: "alpha" }),
    ...yesOrNo(given, "trend"),
    ...yesOrNo(given, "reweight"),
    ...enough(given),
  };
}

function period({ dates }: FileSeries, given: Options): number {
  const chosen = given.period === undefined ? periodOf(dates) : number("--period", given.period);
  if (chosen === undefined) throw new SeriesInputError("give --period, the points in a year: 365, 52 or 12");
  return chosen;
}

/** The same time of earlier years goes by dates where there are any; months are told apart by their number. */
function dates(series: FileSeries, given: Options) {
  const by = given.reference === undefined ? undefined : one("reference", given.reference, ["dates", "period"]);
  if (by === "dates" && !series.dates) throw new SeriesInputError("the file has no dates to go by");
  return series.dates && by !== "period" && period(series, given) > 12 ? { dates: series.dates } : {};
}

/** `--from` counts from 1. */
const start = (given: Options) => (given.from === undefined ? {} : { from: number("--from", given.from) - 1 });

function yesOrNo<T extends "trend" | "reweight" | "reset">(given: Options, name: T): { readonly [K in T]?: boolean } {
  const typed = given[name];
  if (typed === undefined) return {};
  return { [name]: one(name, typed, ["yes", "no"]) === "yes" } as { [K in T]: boolean };
}

function enough(given: Options): Pick<FarringtonSettings, "enough"> {
  const cases = given["enough-cases"];
  if (cases === undefined) return {};
  const points = number("--enough-points", given["enough-points"] ?? "4");
  return { enough: { cases: number("--enough-cases", cases), points } };
}

function figures<T extends string>(given: Options, names: Record<T, keyof Options>): Partial<Record<T, number>> {
  const found: Partial<Record<T, number>> = {};
  for (const [name, option] of Object.entries(names) as [T, keyof Options][])
    if (given[option] !== undefined) found[name] = number(`--${option}`, String(given[option]));
  return found;
}

function one<T extends string>(name: string, value: string, allowed: T[]): T {
  const found = allowed.find((each) => each === value);
  if (!found) throw new SeriesInputError(`--${name} is one of ${allowed.join(", ")}`);
  return found;
}
