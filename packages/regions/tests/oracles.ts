import { existsSync, readFileSync } from "node:fs";
import { readCsv } from "@linge/domain/territory/csv.ts";
import type { RegionInput } from "../src/types.ts";

const folder = new URL("../../../../shared/data/oracles/", import.meta.url);

/** Whether the reference networks and results of other tools are at hand; they are not part of this repository. */
export const oraclesAtHand = existsSync(new URL("region_blocks/B2000_nodes.csv", folder));

const text = (path: string) => readFileSync(new URL(path, folder), "utf8");
export const oracleJson = (path: string) => JSON.parse(text(path));

type Row = Record<string, string>;
const links = (rows: Row[]) =>
  rows.map((row) => ({ from: row.i!, to: row.j!, ...(row.shared_km ? { length: Number(row.shared_km) } : {}) }));

/** A synthetic city of 500 or 2,000 blocks. */
export function blockCity(name: "B500" | "B2000"): RegionInput {
  const blocks = readCsv(text(`region_blocks/${name}_nodes.csv`)).map((row) => ({
    id: row.id!,
    workload: Number(row.workload),
    households: Number(row.pop),
    area: Number(row.area_km2),
    perimeter: Number(row.perimeter_km),
    community: row.community!,
  }));
  return { blocks, links: links(readCsv(text(`region_blocks/${name}_edges.csv`))) };
}

/** The same city after its hotspot grew by 35 %, with the plan of before. */
export function struckCity(name: "B500" | "B2000"): RegionInput & { current: Record<string, string> } {
  const city = blockCity(name);
  const rows = new Map(readCsv(text(`region_blocks/${name}_replan.csv`)).map((row) => [row.id!, row]));
  return {
    ...city,
    blocks: city.blocks.map((block) => ({ ...block, workload: Number(rows.get(block.id)!.workload_new) })),
    current: Object.fromEntries([...rows].map(([id, row]) => [id, row.base_plan!])),
  };
}

/** 25 precincts of Florida, of which all 117,688 plans of three districts are known. */
export function precincts(): RegionInput {
  const blocks = readCsv(text("region_fl25_enum/nodes.csv")).map((row) => ({ id: row.id!, workload: Number(row.pop) }));
  return { blocks, links: links(readCsv(text("region_fl25_enum/edges.csv"))) };
}

/** The 85 departments of Guerry (1833) with their population. */
export function departments(): RegionInput {
  const blocks = readCsv(text("region_guerry/guerry.csv")).map((row, at) => ({
    id: String(at),
    workload: Number(row.Pop1831),
  }));
  const neighbours: number[][] = oracleJson("region_guerry/queen_adjacency_zero_based.json");
  return {
    blocks,
    links: neighbours.flatMap((others, i) =>
      others.filter((j) => i < j).map((j) => ({ from: String(i), to: String(j) })),
    ),
  };
}

/** Share of workload that must move at least: what lies above the tolerance. */
export function leastMoves(city: RegionInput & { current: Record<string, string> }, tolerance: number): number {
  const loads = new Map<string, number>();
  for (const { id, workload } of city.blocks)
    loads.set(city.current[id]!, (loads.get(city.current[id]!) ?? 0) + workload);
  const total = [...loads.values()].reduce((all, load) => all + load, 0);
  const limit = ((1 + tolerance) * total) / loads.size;
  return [...loads.values()].reduce((all, load) => all + Math.max(0, load - limit), 0) / total;
}
