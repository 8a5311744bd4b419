import type { Ferry, Link } from "../types.ts";

/** A block with a position in its middle (degrees or metres, the same for all), and the area that it may not leave. */
export type Placed = { id: string; at: readonly [number, number]; hardBorder?: string };

/**
 * The shortest crossings that join what lies apart within each area: islands of a community get one crossing each, to
 * the nearest of the rest (minimum spanning tree over the parts, Prim 1957). Distances are between middles of blocks.
 */
export function findCrossings(blocks: readonly Placed[], links: readonly Pick<Link, "from" | "to">[]): Ferry[] {
  return [...Map.groupBy(blocks, ({ hardBorder }) => hardBorder ?? "").values()].flatMap((area) =>
    joinParts(partsOf(area, links)),
  );
}

function partsOf(blocks: readonly Placed[], links: readonly Pick<Link, "from" | "to">[]): Placed[][] {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const beside = new Map(blocks.map(({ id }) => [id, [] as string[]]));
  for (const { from, to } of links) {
    if (!byId.has(from) || !byId.has(to)) continue;
    beside.get(from)!.push(to);
    beside.get(to)!.push(from);
  }
  const seen = new Set<string>();
  return blocks.flatMap(({ id }) => {
    if (seen.has(id)) return [];
    const part = new Set([id]);
    for (const each of part) for (const other of beside.get(each)!) part.add(other);
    for (const each of part) seen.add(each);
    return [Array.from(part, (each) => byId.get(each)!)];
  });
}

function joinParts(parts: Placed[][]): Ferry[] {
  const [joined = [], ...apart] = parts;
  const crossings: Ferry[] = [];
  const reached = [...joined];
  while (apart.length > 0) {
    let [nearest, from, to, taken] = [Infinity, "", "", 0];
    apart.forEach((part, index) => {
      for (const there of part)
        for (const here of reached) {
          const distance = Math.hypot(there.at[0] - here.at[0], there.at[1] - here.at[1]);
          if (distance < nearest) [nearest, from, to, taken] = [distance, here.id, there.id, index];
        }
    });
    crossings.push({ from, to });
    reached.push(...apart.splice(taken, 1)[0]!);
  }
  return crossings;
}
