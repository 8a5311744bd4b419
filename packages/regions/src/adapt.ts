import { freshNames, type Current } from "./current.ts";
import type { Network } from "./network.ts";
import type { Part } from "./parts.ts";
import type { Bench } from "./search.ts";
import { divide } from "./start.ts";

/** A place to start from: contiguous, with the allotted number of regions per part, as close to today as is easy. */
export type Start = { region: Int32Array; home: Int32Array; names: string[] };

type Draft = { name: string | null; blocks: number[]; load: number };

/**
 * Bring today's plan to the allotted number of grids: every grid keeps its heaviest piece, strays join a neighbour, the
 * lightest grids are dissolved into their neighbours or the heaviest are halved.
 */
export function contiguousStart({ network, loads, random }: Bench, parts: Part[], current: Current): Start {
  const byPart = parts.map((part) => pieces(network, loads.mean, part, current));
  giveNames(byPart.flat());
  const drafts = byPart.flatMap((pieces, at) => {
    const kept = dissolve(network, loads.mean, pieces, parts[at]!.grids);
    while (kept.length < parts[at]!.grids) halve(network, loads.mean, kept, random);
    return kept;
  });
  const fresh = freshNames(current.names, drafts.length);
  const region = new Int32Array(network.ids.length);
  const names = drafts.map((draft, r) => {
    for (const v of draft.blocks) region[v] = r;
    return draft.name ?? fresh.shift()!;
  });
  const numberOf = new Map(names.map((name, r) => [name, r]));
  const home = Int32Array.from(current.grid, (at) => numberOf.get(current.names[at]!) ?? -1);
  return { region, home, names };
}

/** The connected pieces of today's grids within a part. */
function pieces(network: Network, load: Float64Array, part: Part, current: Current): Draft[] {
  const seen = new Set<number>();
  const drafts: Draft[] = [];
  for (const start of part.blocks) {
    if (seen.has(start)) continue;
    const blocks = [start];
    seen.add(start);
    for (let head = 0; head < blocks.length; head++) {
      const v = blocks[head]!;
      for (let slot = network.offsets[v]!; slot < network.offsets[v + 1]!; slot++) {
        const u = network.neighbours[slot]!;
        if (seen.has(u) || current.grid[u] !== current.grid[v]) continue;
        seen.add(u);
        blocks.push(u);
      }
    }
    drafts.push({ name: current.names[current.grid[start]!]!, blocks, load: weigh(load, blocks) });
  }
  return drafts;
}

/** The heaviest piece of a grid keeps its name; the others are strays. */
function giveNames(drafts: Draft[]): void {
  const held = new Set<string>();
  for (const draft of drafts.toSorted((a, b) => b.load - a.load)) {
    if (held.has(draft.name!)) draft.name = null;
    else held.add(draft.name!);
  }
}

/**
 * Give the blocks of the drafts that are too many, strays first, then the lightest, to the others: always the block
 * that the lightest neighbour can take.
 */
function dissolve(network: Network, load: Float64Array, drafts: Draft[], wanted: number): Draft[] {
  const ranked = drafts.toSorted((a, b) => Number(a.name === null) - Number(b.name === null) || b.load - a.load);
  const kept = ranked.slice(0, wanted);
  const taker = new Map<number, Draft>();
  for (const draft of kept) for (const v of draft.blocks) taker.set(v, draft);
  const left = new Set(ranked.slice(wanted).flatMap((draft) => draft.blocks));
  while (left.size > 0) {
    const offers = new Map<Draft, number>();
    for (const v of left)
      for (let slot = network.offsets[v]!; slot < network.offsets[v + 1]!; slot++) {
        const to = taker.get(network.neighbours[slot]!);
        if (to && !offers.has(to)) offers.set(to, v);
      }
    // The lightest half takes one block each before all offers are made again.
    const takers = [...offers.keys()].sort((a, b) => a.load - b.load);
    for (const to of takers.slice(0, Math.ceil(takers.length / 2))) {
      const v = offers.get(to)!;
      if (!left.delete(v)) continue;
      to.blocks.push(v);
      to.load += load[v]!;
      taker.set(v, to);
    }
  }
  return kept;
}

/** Split the heaviest draft of at least two blocks; the heavier half keeps the name. */
function halve(network: Network, load: Float64Array, drafts: Draft[], random: Bench["random"]): void {
  const heaviest = drafts.filter((draft) => draft.blocks.length > 1).reduce((a, b) => (b.load > a.load ? b : a));
  const region = new Int32Array(network.ids.length);
  divide(network, load, Int32Array.from(heaviest.blocks), 2, 0, region, random);
  const [heavy, light] = [0, 1]
    .map((side) => heaviest.blocks.filter((v) => region[v] === side))
    .sort((a, b) => weigh(load, b) - weigh(load, a));
  Object.assign(heaviest, { blocks: heavy!, load: weigh(load, heavy!) });
  drafts.push({ name: null, blocks: light!, load: weigh(load, light!) });
}

const weigh = (load: Float64Array, blocks: number[]) => blocks.reduce((all, v) => all + load[v]! + 1e-9, 0);
