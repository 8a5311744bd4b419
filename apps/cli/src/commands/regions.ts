import { parseArgs } from "node:util";
import {
  maxRegions,
  planRegions,
  RegionInputError,
  type Objective,
  type PlanResult,
  type Progress,
} from "@linge/regions";
import { writeBlocks } from "../regions/blocks.ts";
import { RegionInputFileError, readInput } from "../regions/files.ts";
import type { Command } from "../command.ts";

const text = { type: "string" } as const;
const options = {
  nodes: text,
  edges: text,
  ferries: text,
  current: text,
  settled: text,
  workload: text,
  "hard-border": text,
  focus: text,
  k: text,
  ranges: text,
  tolerance: text,
  objective: text,
  threshold: text,
  polygons: text,
  id: text,
  snap: text,
  coordinates: text,
  lines: text,
  blocks: text,
  "least-area": text,
  time: text,
  seed: text,
  json: { type: "boolean" },
} as const;

type Given = ReturnType<typeof parse>;
const parse = (args: string[]) => parseArgs({ args, options, strict: true }).values;
const objectives: Objective[] = ["compact", "moves", "pareto"];

/** `linge regions`: plans of grids from CSV files of blocks and their common borders. */
export const command: Command = {
  usage:
    "regions plan --nodes FILE --edges FILE --k N [--tolerance 0.05] [--current FILE] [--settled FILE] [--hard-border COLUMN] [--objective compact|moves|pareto] [--workload COLUMN] [--ferries FILE] [--time SECONDS] [--seed 1] [--json]\n" +
    "linge regions max-p --nodes FILE --edges FILE --threshold X [--workload COLUMN] [--hard-border COLUMN] [--time SECONDS] [--seed 1] [--json]\n" +
    "linge regions blocks --polygons FILE.geojson --nodes FILE --edges FILE [--id PROPERTY] [--snap METRES] [--coordinates lonlat|metres] [--lines ROADS.geojson] [--blocks OUT.geojson] [--least-area M2]",
  summary:
    "Plan contiguous, compact grids of balanced workload, with few changes against today; measure blocks from polygons, or cut them along roads and water.",
  async run([action = "", ...args]) {
    const began = performance.now();
    try {
      if (action !== "plan" && action !== "max-p" && action !== "blocks")
        throw new RegionInputFileError("say what to do: plan or max-p (or blocks, to measure polygons)");
      const given = parse(args);
      if (action === "blocks") return writeBlocks(given);
      const result = await (action === "plan" ? plan(given, began) : mostGrids(given, began));
      return tell(result, given.json === true, (performance.now() - began) / 1000);
    } catch (error) {
      const code = (error as { code?: string }).code ?? "";
      const expected =
        error instanceof RegionInputError || error instanceof RegionInputFileError || code.startsWith("ERR_PARSE_ARGS");
      if (!expected) throw error;
      console.error(`linge regions: ${(error as Error).message}`);
      return 2;
    }
  },
};

function plan(given: Given, began: number): Promise<PlanResult> {
  const objective = (given.objective ?? "compact") as Objective;
  if (!objectives.includes(objective)) throw new RegionInputFileError(`--objective is one of ${objectives.join(", ")}`);
  if (given.k === undefined && given.ranges === undefined)
    throw new RegionInputFileError("give --k N, or --ranges such as key=100..150,service=150..250 with --focus COLUMN");
  return planRegions(readInput(given), {
    ...(given.k === undefined ? {} : { k: number("k", given.k) }),
    ...(given.ranges === undefined ? {} : { ranges: readRanges(given.ranges) }),
    tolerance: number("tolerance", given.tolerance ?? "0.05"),
    objective,
    ...searchOptions(given, began),
  });
}

function mostGrids(given: Given, began: number): Promise<PlanResult> {
  if (given.threshold === undefined) throw new RegionInputFileError("give --threshold X, the least workload of a grid");
  return maxRegions(readInput(given), {
    threshold: number("threshold", given.threshold),
    ...searchOptions(given, began),
  });
}

function searchOptions(given: Given, began: number) {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  let told = began;
  return {
    seed: number("seed", given.seed ?? "1"),
    signal: stop.signal,
    ...(given.time === undefined ? {} : { timeLimit: number("time", given.time) }),
    progress({ phase, done }: Progress) {
      const now = performance.now();
      if (now - began < 1000 || now - told < 500) return;
      told = now;
      console.error(`${phase}: ${Math.round(done * 100)} %`);
    },
  };
}

function number(name: string, typed: string): number {
  const value = Number(typed);
  if (typed.trim() === "" || !Number.isFinite(value))
    throw new RegionInputFileError(`--${name} is "${typed}"; it must be a number`);
  return value;
}

function readRanges(typed: string) {
  return Object.fromEntries(
    typed.split(",").map((each) => {
      const [, focus, min, max] = /^([^=]+)=([\d.]+?)\.\.([\d.]+)$/.exec(each.trim()) ?? [];
      if (!focus) throw new RegionInputFileError(`--ranges: "${each}" is not of the form key=100..150`);
      return [focus, { min: number("ranges", min!), max: number("ranges", max!) }];
    }),
  );
}

/** 0: a plan within the limits; 2: there can be none (what could be said is still printed). */
function tell({ plans, obstacle, exact, stopped }: PlanResult, json: boolean, seconds: number): number {
  if (json) console.log(JSON.stringify({ plans: plans.map(withNumbers), obstacle, exact, stopped, seconds }));
  else for (const each of plans) console.log(inWords(each));
  if (obstacle) console.error(`linge regions: ${obstacle.message}`);
  return obstacle?.proven ? 2 : 0;
}

/** Grids that are numbered everywhere are given as numbers. */
function withNumbers(plan: PlanResult["plans"][number]) {
  const numbered = Object.values(plan.assignment).every((name) => /^(0|[1-9]\d{0,14})$/.test(name));
  const assignment = numbered
    ? Object.fromEntries(Object.entries(plan.assignment).map(([id, name]) => [id, Number(name)]))
    : plan.assignment;
  return { ...plan, assignment };
}

function inWords(plan: PlanResult["plans"][number]): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const moves =
    plan.movedBlocks === null
      ? ""
      : `, moves ${plan.movedBlocks} blocks, ${plan.movedHouseholds} households, ${percent(plan.movedShare!)} of the work`;
  const shape = plan.meanPolsbyPopper === null ? "" : `, shape ${plan.meanPolsbyPopper.toFixed(3)}`;
  const limits = plan.withinTolerance ? "" : ", outside the limits";
  return `${plan.kind}: ${plan.k} grids, worst load ${percent(plan.worstLoad)} of the mean${limits}, border ${plan.cutKm.toFixed(1)}${shape}${moves}${plan.contiguous ? "" : ", not in one piece everywhere"}`;
}
