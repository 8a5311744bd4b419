import { maxRegions, planRegions, type RegionInput } from "../src/index.ts";
import { brickTown } from "../tests/networks.ts";
import {
  blockCity,
  departments,
  leastMoves,
  oracleJson,
  oraclesAtHand,
  precincts,
  struckCity,
} from "../tests/oracles.ts";
import { verify } from "../tests/verify.ts";

type Row = { goal: string; target: string; measured: string; reached: boolean; note?: string };

/** Goals G8 to G11, every figure counted again from the assignment. */
export async function rows(): Promise<Row[]> {
  const town = brickTown(100, 100);
  const { seconds } = await timed(() => planRegions(town, { k: 200, tolerance: 0.03 }));
  const large: Row = {
    goal: "G8 10,000 blocks into 200 (our own town), time",
    target: "≤ 5 s",
    measured: `${seconds.toFixed(2)} s`,
    reached: seconds <= 5,
  };
  if (!oraclesAtHand) return [large];
  return [
    ...(await shapes()),
    large,
    await precinctRow(),
    ...(await most()),
    await moves("B500", 25),
    await moves("B2000", 50),
  ];
}

async function timed<T>(work: () => Promise<T>) {
  const began = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - began) / 1000 };
}

async function shapes(): Promise<Row[]> {
  const city = blockCity("B2000");
  const { result, seconds } = await timed(() => planRegions(city, { k: 50, tolerance: 0.03 }));
  const { cutKm, meanPolsbyPopper, maxDeviation } = verify(city, result.plans[0]!.assignment);
  const within = maxDeviation <= 0.03 + 1e-9;
  const note = `± ${(maxDeviation * 100).toFixed(2)} %`;
  return [
    {
      goal: "G8 2,000 blocks into 50, time",
      target: "≤ 2 s",
      measured: `${seconds.toFixed(2)} s`,
      reached: seconds <= 2,
    },
    {
      goal: "G8 cut border against METIS (229.8 km)",
      target: "≤ 225.2 km",
      measured: `${cutKm.toFixed(1)} km`,
      reached: within && cutKm <= 225.2,
      note,
    },
    {
      goal: "G8 mean Polsby–Popper against METIS (.583)",
      target: "≥ .641",
      measured: meanPolsbyPopper.toFixed(3),
      reached: within && meanPolsbyPopper >= 0.6413,
      note,
    },
  ];
}

async function precinctRow(): Promise<Row> {
  const input = precincts();
  const known = oracleJson("region_fl25_enum/oracle_enumeration.json").by_tolerance as {
    tol: number;
    min_cut: number;
  }[];
  let [slowest, right] = [0, 0];
  for (const { tol, min_cut } of known) {
    const { result, seconds } = await timed(() => planRegions(input, { k: 3, tolerance: tol }));
    slowest = Math.max(slowest, seconds);
    if (verify(input, result.plans[0]!.assignment).cutKm === min_cut) right++;
  }
  return {
    goal: "G9 25 precincts, optimum at every tolerance",
    target: `${known.length} of ${known.length}, each < 50 ms`,
    measured: `${right} of ${known.length}, slowest ${(slowest * 1000).toFixed(0)} ms`,
    reached: right === known.length && slowest < 0.05,
  };
}

async function most(): Promise<Row[]> {
  const row = async (
    name: string,
    input: RegionInput,
    threshold: number,
    wanted: number,
    limit: number,
  ): Promise<Row> => {
    const { result, seconds } = await timed(() => maxRegions(input, { threshold }));
    const { k, leastLoad } = verify(input, result.plans[0]!.assignment);
    return {
      goal: `G10 max-p ${name}`,
      target: `p ≥ ${wanted}, < ${limit} s`,
      measured: `p = ${k}, ${seconds.toFixed(3)} s`,
      reached: k >= wanted && leastLoad >= threshold && seconds < limit,
    };
  };
  return [await row("Guerry", departments(), 3236.67, 9, 0.05), await row("B500", blockCity("B500"), 3000, 29, 1)];
}

async function moves(name: "B500" | "B2000", k: number): Promise<Row> {
  const city = struckCity(name);
  const bound = leastMoves(city, 0.05);
  const before = verify(city, city.current).cutKm;
  const total = city.blocks.reduce((all, block) => all + block.workload, 0);
  const { result, seconds } = await timed(() => planRegions(city, { k, tolerance: 0.05, objective: "moves" }));
  const { movedWorkload, cutKm, maxDeviation } = verify(city, result.plans[0]!.assignment);
  const [share, longer] = [movedWorkload / total, cutKm / before - 1];
  const percent = (value: number) => `${(value * 100).toFixed(2)} %`;
  return {
    goal: `G11 re-plan ${name} after a hotspot`,
    target: `moved ≤ ${percent(2 * bound)}, ± 5 %, border ≤ + 3 %, < 1 s`,
    measured: `moved ${percent(share)}, ± ${percent(maxDeviation)}, border + ${percent(longer)}, ${seconds.toFixed(2)} s`,
    reached: share <= 2 * bound && maxDeviation <= 0.05 + 1e-9 && longer <= 0.03 && seconds < 1,
  };
}
