import { seededRandom } from "../src/random.ts";
import type { Block, Link, RegionInput } from "../src/types.ts";

/**
 * A town of brick-shaped blocks (1 × 1 km, every row half a block further), so that up to six neighbours touch.
 * Workloads are spread by a factor of about `spread` around 100.
 */
export function brickTown(columns: number, rows: number, seed = 1, spread = 2): RegionInput {
  const random = seededRandom(seed);
  const blocks: Block[] = [];
  const links: Link[] = [];
  const name = (x: number, y: number) => `b${y}-${x}`;
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const workload = Math.round(1000 * spread ** (2 * random.next() - 1)) / 10;
      blocks.push({ id: name(x, y), workload, households: Math.round(workload * 3), area: 1, perimeter: 4 });
      if (x > 0) links.push({ from: name(x - 1, y), to: name(x, y), length: 1 });
      if (y === 0) continue;
      const left = y % 2 === 0 ? x - 1 : x;
      for (const above of [left, left + 1])
        if (above >= 0 && above < columns) links.push({ from: name(above, y - 1), to: name(x, y), length: 0.5 });
    }
  return { blocks, links };
}

/** The same town with every id and the order of blocks and links changed. */
export function disguise(input: RegionInput, seed: number): { input: RegionInput; newId: (id: string) => string } {
  const random = seededRandom(seed);
  const shuffle = <T>(items: T[]) =>
    items
      .map((item) => ({ item, at: random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  const newId = (id: string) => `x${id}`;
  const blocks = shuffle(input.blocks.map((block) => ({ ...block, id: newId(block.id) })));
  const links = shuffle(input.links.map(({ from, to, ...rest }) => ({ from: newId(to), to: newId(from), ...rest })));
  const current =
    input.current && Object.fromEntries(Object.entries(input.current).map(([id, grid]) => [newId(id), grid]));
  return { input: { blocks, links, ...(current ? { current } : {}) }, newId };
}

/** Today's plan as vertical strips of blocks. */
export function strips(input: RegionInput, columns: number, k: number): Record<string, string> {
  return Object.fromEntries(
    input.blocks.map(({ id }) => [id, `grid ${Math.floor((Number(id.split("-")[1]) * k) / columns)}`]),
  );
}
