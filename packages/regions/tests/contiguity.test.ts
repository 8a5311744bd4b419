import fc from "fast-check";
import { expect, it } from "vitest";
import { contiguityTest } from "../src/contiguity.ts";
import { buildNetwork } from "../src/network.ts";
import { brickTown } from "./networks.ts";

/** Whether the blocks of v's region without v are in one piece, the plain way. */
function plainly(links: { from: string; to: string }[], ids: string[], region: Int32Array, v: number): boolean {
  const rest = new Set(ids.filter((_, u) => u !== v && region[u] === region[v]));
  const [start] = rest;
  if (start === undefined) return true;
  const reached = new Set([start]);
  for (const id of reached)
    for (const { from, to } of links) {
      if (from === id && rest.has(to)) reached.add(to);
      if (to === id && rest.has(from)) reached.add(from);
    }
  return reached.size === rest.size;
}

it("taking out a block is judged as by a full search, with rings, ferries and hubs of many links", () => {
  const shape = fc.record({
    seed: fc.integer({ min: 1, max: 99 }),
    pattern: fc.array(fc.boolean(), { minLength: 49, maxLength: 49 }),
    hub: fc.boolean(),
  });
  fc.assert(
    fc.property(shape, ({ seed, pattern, hub }) => {
      const town = brickTown(7, 7, seed);
      if (hub) {
        town.blocks.push({ id: "hub", workload: 1, area: 1, perimeter: 4 });
        for (let at = 0; at < 49; at++)
          if (at % 4 !== 1) town.links.push({ from: "hub", to: town.blocks[at]!.id, length: 0 });
      }
      const network = buildNetwork(town);
      const test = contiguityTest(network);
      const region = Int32Array.from(town.blocks, (_, v) => Number(pattern[v] ?? true));
      // The question is only asked of regions in one piece: keep the piece around each block.
      for (let v = 0; v < region.length; v++) {
        const piece = keepPiece(network, region, v);
        expect(test(piece, v)).toBe(plainly(town.links, network.ids, piece, v));
      }
    }),
    { numRuns: 60 },
  );
});

function keepPiece(
  network: { offsets: Int32Array; neighbours: Int32Array },
  region: Int32Array,
  v: number,
): Int32Array {
  const kept = new Set([v]);
  for (const u of kept)
    for (let slot = network.offsets[u]!; slot < network.offsets[u + 1]!; slot++)
      if (region[network.neighbours[slot]!] === region[v]) kept.add(network.neighbours[slot]!);
  return region.map((r, u) => (r === region[v] && !kept.has(u) ? 2 : r));
}
