import { readCsv } from "@linge/domain/territory/csv.ts";
import type { Block, RegionInput } from "@linge/regions";
import { typedPath } from "../command.ts";
import { readText } from "../territory/files.ts";

/** A file or an option cannot be used; the message says what to change. */
export class RegionInputFileError extends Error {}

type Files = {
  nodes?: string | undefined;
  edges?: string | undefined;
  ferries?: string | undefined;
  current?: string | undefined;
  settled?: string | undefined;
  workload?: string | undefined;
  "hard-border"?: string | undefined;
  focus?: string | undefined;
};

type Table = { path: string; names: string[]; rows: Record<string, string>[] };

/**
 * Blocks from `nodes` (id, workload, and area_km2, perimeter_km, households or pop if there), links from `edges`
 * (i, j, shared_km if there), crossings from `ferries` (i, j), today's plan from `current` (id, region), and grids that
 * stay as they are from `settled` (id, region).
 */
export function readInput(files: Files): RegionInput {
  if (!files.nodes || !files.edges) throw new RegionInputFileError("give --nodes FILE and --edges FILE");
  const nodes = readTable(files.nodes);
  const edges = readTable(files.edges);
  const pairs = (table: Table) => {
    const [from, to] = [column(table, ["i", "from", "source"]), column(table, ["j", "to", "target"])];
    return table.rows.map((row) => ({ row, from: row[from]!, to: row[to]! }));
  };
  const length = optional(edges, ["shared_km", "shared", "length"]);
  return {
    blocks: readBlocks(nodes, files),
    links: pairs(edges).map(({ row, from, to }) => ({
      from,
      to,
      ...(length ? { length: figure(edges, row, length) } : {}),
    })),
    ...(files.ferries ? { ferries: pairs(readTable(files.ferries)).map(({ from, to }) => ({ from, to })) } : {}),
    ...(files.current ? { current: readPlan(files.current) } : {}),
    ...(files.settled ? { settled: readSettled(files.settled) } : {}),
  };
}

function readBlocks(nodes: Table, files: Files): Block[] {
  const id = column(nodes, ["id"]);
  const workload = files.workload ? column(nodes, [files.workload]) : column(nodes, ["workload", "pop", "population"]);
  const hardBorder = files["hard-border"] && column(nodes, [files["hard-border"]]);
  const focus = files.focus && column(nodes, [files.focus]);
  const [area, perimeter, households] = [
    optional(nodes, ["area_km2", "area"]),
    optional(nodes, ["perimeter_km", "perimeter"]),
    optional(nodes, ["households", "pop", "population"]),
  ];
  return nodes.rows.map((row) => ({
    id: row[id]!,
    workload: figure(nodes, row, workload),
    ...(area ? { area: figure(nodes, row, area) } : {}),
    ...(perimeter ? { perimeter: figure(nodes, row, perimeter) } : {}),
    ...(households ? { households: figure(nodes, row, households) } : {}),
    ...(hardBorder ? { hardBorder: row[hardBorder]! } : {}),
    ...(focus ? { focus: row[focus]! } : {}),
  }));
}

function readPlan(path: string): Record<string, string> {
  const table = readTable(path);
  const [id, region] = [column(table, ["id"]), column(table, ["region", "base_plan", "grid"])];
  const current: Record<string, string> = {};
  for (const row of table.rows) {
    if (Object.hasOwn(current, row[id]!)) throw new RegionInputFileError(`${path}: block ${row[id]} is listed twice`);
    current[row[id]!] = row[region]!;
  }
  return current;
}

function readSettled(path: string): string[][] {
  const plan = readPlan(path);
  return [...Map.groupBy(Object.keys(plan), (id) => plan[id]!).values()];
}

function readTable(path: string): Table {
  let text: string;
  try {
    text = readText(typedPath(path));
  } catch (error) {
    throw new RegionInputFileError((error as Error).message);
  }
  const rows = readCsv(text);
  if (rows.length === 0) throw new RegionInputFileError(`${path} has no rows`);
  return { path, names: Object.keys(rows[0]!), rows };
}

function optional({ names }: Table, wanted: string[]): string | undefined {
  return wanted
    .map((each) => names.find((name) => name.toLowerCase() === each.toLowerCase()))
    .find((name) => name !== undefined);
}

function column(table: Table, wanted: string[]): string {
  const found = optional(table, wanted);
  if (found === undefined)
    throw new RegionInputFileError(
      `${table.path} has no column ${wanted.join(" or ")}; it has ${table.names.join(", ")}`,
    );
  return found;
}

function figure({ path }: Table, row: Record<string, string>, name: string): number {
  const value = Number(row[name]);
  if (row[name] === "" || !Number.isFinite(value))
    throw new RegionInputFileError(
      `${path}: ${name} is "${row[name]}" where a number belongs (block ${row.id ?? `${row.i} and ${row.j}`})`,
    );
  return value;
}
