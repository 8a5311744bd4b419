import type { RegionInput } from "../src/types.ts";

/** Figures computed the plain way from the input alone, sharing no code with the planner. */
export function verify(input: RegionInput, assignment: Record<string, string>) {
  const grids = new Map<string, { load: number; area: number; perimeter: number; blocks: Set<string> }>();
  for (const block of input.blocks) {
    const name = assignment[block.id];
    if (name === undefined) throw new Error(`block ${block.id} has no grid`);
    const grid = grids.get(name) ?? { load: 0, area: 0, perimeter: 0, blocks: new Set<string>() };
    grids.set(name, grid);
    grid.load += block.workload;
    grid.area += block.area ?? 0;
    grid.perimeter += block.perimeter ?? 0;
    grid.blocks.add(block.id);
  }
  const hard = new Map(input.blocks.map((block) => [block.id, block.hardBorder]));
  const beside = new Map(input.blocks.map((block) => [block.id, [] as string[]]));
  let cutKm = 0;
  for (const { from, to, length = 1 } of [
    ...input.links,
    ...(input.ferries ?? []).map((ferry) => ({ ...ferry, length: 0 })),
  ]) {
    if (assignment[from] !== assignment[to]) {
      cutKm += length;
      continue;
    }
    grids.get(assignment[from]!)!.perimeter -= 2 * length;
    if (hard.get(from) !== hard.get(to)) continue;
    beside.get(from)!.push(to);
    beside.get(to)!.push(from);
  }
  const mean = input.blocks.reduce((all, block) => all + block.workload, 0) / grids.size;
  const each = [...grids.values()];
  return {
    k: grids.size,
    contiguous: each.every(({ blocks }) => inOnePiece(blocks, beside)),
    crossesHardBorder: each.some(({ blocks }) => new Set([...blocks].map((id) => hard.get(id))).size > 1),
    maxDeviation: Math.max(...each.map(({ load }) => Math.abs(load / mean - 1))),
    leastLoad: Math.min(...each.map(({ load }) => load)),
    cutKm,
    meanPolsbyPopper:
      each.reduce((all, { area, perimeter }) => all + (4 * Math.PI * area) / perimeter ** 2, 0) / each.length,
    movedWorkload: input.blocks.reduce(
      (all, { id, workload }) => all + (input.current && input.current[id] !== assignment[id] ? workload : 0),
      0,
    ),
  };
}

function inOnePiece(blocks: Set<string>, beside: Map<string, string[]>): boolean {
  const [start] = blocks;
  const reached = new Set([start!]);
  for (const id of reached) for (const other of beside.get(id)!) if (blocks.has(other)) reached.add(other);
  return reached.size === blocks.size;
}
