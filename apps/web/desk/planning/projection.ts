import type { PlanningBlock } from "./api.ts";

/** Blocks as paths of a picture, and the lines between groups of them. */
export type Drawing = { width: number; height: number; paths: { block: PlanningBlock; path: string }[] };
type Point = [x: number, y: number];

const width = 640;

/** Lays blocks into a picture 640 wide, degrees narrowed by the cosine of the latitude. */
export function drawBlocks(blocks: readonly PlanningBlock[]): Drawing {
  const at = projectionOf(blocks);
  const paths = blocks.map((block) => ({
    block,
    path: block.coordinates
      .flat()
      .map((ring) => `M${ring.map((point) => at(point).map((each) => each.toFixed(1))).join("L")}Z`)
      .join(""),
  }));
  return { width, height: at.height, paths };
}

type Projection = ((point: number[]) => Point) & { height: number };

function projectionOf(blocks: readonly PlanningBlock[]): Projection {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [lon, lat] of blocks.flatMap((block) => block.coordinates.flat(2))) {
    [west, east] = [Math.min(west, lon!), Math.max(east, lon!)];
    [south, north] = [Math.min(south, lat!), Math.max(north, lat!)];
  }
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = width / ((east - west) * narrowing || 1);
  const project = ([lon, lat]: number[]): Point => [(lon! - west) * narrowing * scale, (north - lat!) * scale];
  return Object.assign(project, { height: (north - south) * scale });
}

/** The borders of groups: sides of blocks that no two blocks of one group have in common. */
export function borderPath(blocks: readonly PlanningBlock[], groupOf: (code: string) => string): string {
  const at = projectionOf(blocks);
  const sides = new Map<string, { line: string; groups: string[] }>();
  for (const block of blocks)
    for (const ring of block.coordinates.flat())
      for (let i = 1; i < ring.length; i++) {
        const [a, b] = [String(ring[i - 1]), String(ring[i])];
        const key = a < b ? `${a} ${b}` : `${b} ${a}`;
        const side = sides.get(key);
        if (side) side.groups.push(groupOf(block.code));
        else {
          const [from, to] = [ring[i - 1]!, ring[i]!].map((point) =>
            at(point)
              .map((each) => each.toFixed(1))
              .join(),
          );
          sides.set(key, { line: `M${from}L${to}`, groups: [groupOf(block.code)] });
        }
      }
  return [...sides.values()]
    .filter(({ groups }) => groups.length === 1 || groups[0] !== groups[1])
    .map(({ line }) => line)
    .join("");
}
