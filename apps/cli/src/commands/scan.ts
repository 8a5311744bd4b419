import { parseArgs } from "node:util";
import { scan, ScanInputError, type ScanResult } from "@linge/scan";
import type { Command } from "../command.ts";
import { dateOf, isDate, type DayKind } from "../scan/days.ts";
import { readInput } from "../scan/input.ts";
import { readSettings, scanHelp, scanOptions, type ScanOptions } from "../scan/options.ts";
import { number } from "../scan/table.ts";

/** `linge scan`: clusters of cases in text tables. */
export const command: Command = {
  usage:
    "scan --locations FILE --cases FILE [--population FILE] [--model space-time-permutation|poisson|bernoulli]\n" +
    "    [--type prospective|retrospective] [--end DAY] [--windows 1..14] [--max-share 0.1] [--max-radius KM]\n" +
    "    [--replicates 999] [--p-value full|sequential|gumbel] [--seed 1] [--json] [--help]",
  summary: "Find places and days with more cases than expected",
  async run(args) {
    const began = performance.now();
    try {
      const given: ScanOptions = parseArgs({ args, options: scanOptions, strict: true }).values;
      if (given.help) {
        console.log(scanHelp);
        return 0;
      }
      const wanted = readSettings(given);
      const { input, kind, settings } = readInput(given, wanted);
      for (const name of ["start", "end"] as const)
        if (given[name] !== undefined && kind && kind !== (isDate(given[name]) ? "date" : "number"))
          throw new ScanInputError(`--${name} must be a ${kind}, as the days of the cases are`);
      if (performance.now() - began > 1000) console.error(`${input.places.length} places and their cases are read`);
      const result = await scan(input, settings, {
        progress: teller(began),
        ...(given.threads === undefined ? {} : { threads: number("--threads", given.threads) }),
      });
      show(result, kind, given.json ?? false, (performance.now() - began) / 1000);
      return 0;
    } catch (error) {
      const code = (error as { code?: string }).code ?? "";
      if (!(error instanceof ScanInputError) && !code.startsWith("ERR_PARSE_ARGS")) throw error;
      console.error(`linge scan: ${(error as Error).message}`);
      return 2;
    }
  },
};

/** Tells once a second how far the work is, when it takes longer than that. */
function teller(began: number): (done: number, of: number) => void {
  let told = began;
  return (done, of) => {
    if (performance.now() - told < 1000) return;
    told = performance.now();
    console.error(`${done} of ${of} replicates`);
  };
}

function show(result: ScanResult, kind: DayKind | undefined, json: boolean, seconds: number): void {
  const dayOf = (day: number) => (kind === "date" ? dateOf(day) : day);
  const clusters = result.clusters.map((each) => ({ ...each, days: each.days.map(dayOf) }));
  const { start, end, ...settings } = result.settings;
  if (json) {
    const shown = {
      ...settings,
      ...(start === undefined ? {} : { start: dayOf(start) }),
      ...(end === undefined ? {} : { end: dayOf(end) }),
    };
    console.log(JSON.stringify({ clusters, seconds, replicates: result.replicates, settings: shown }));
    return;
  }
  if (clusters.length === 0) console.log("no place has more cases than expected");
  for (const { locations, days, observed, expected, p } of clusters)
    console.log(
      `${days.join(" to ")}: ${observed} cases, ${expected.toFixed(2)} expected, p ${p.toPrecision(3)}, ${locations.length} places around ${locations[0]}`,
    );
}
