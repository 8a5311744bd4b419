import Flatbush from "flatbush";
import type { Border } from "./residue.ts";

type Box = [west: number, south: number, east: number, north: number];

export type Bundle = { borders: Border[]; box: Box };

/**
 * Bundles of borders whose boxes are apart, so that around each of them the count is 0 and each can be measured alone.
 * A fault within another's box belongs to its bundle: it may lie inside it.
 */
export function bundles(borders: readonly Border[]): Bundle[] {
  let found = borders.map((border): Bundle => ({
    borders: [border],
    box: [border.ax, Math.min(border.ay, border.by), border.bx, Math.max(border.ay, border.by)],
  }));
  for (;;) {
    const groups = touching(found.map(({ box }) => box));
    if (groups.length === found.length) return found;
    found = groups.map((members) => ({
      borders: members.flatMap((i) => found[i]!.borders),
      box: members.map((i) => found[i]!.box).reduce(around),
    }));
  }
}

function around(a: Box, b: Box): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** Groups of boxes that hang together by touching. */
function touching(boxes: readonly Box[]): number[][] {
  if (boxes.length === 0) return [];
  const index = new Flatbush(boxes.length);
  for (const box of boxes) index.add(...box);
  index.finish();
  const seen = new Uint8Array(boxes.length);
  const groups: number[][] = [];
  for (let i = 0; i < boxes.length; i++) {
    if (seen[i]) continue;
    seen[i] = 1;
    const members = [i];
    for (let k = 0; k < members.length; k++) {
      for (const j of index.search(...boxes[members[k]!]!)) {
        if (!seen[j]) members.push(j);
        seen[j] = 1;
      }
    }
    groups.push(members);
  }
  return groups;
}

/** The bundle with those other borders that run through its box: they change no count, but cut patches apart. */
export function cutBy({ borders, box: [west, south, east, north] }: Bundle, others: readonly Border[]): Border[] {
  const crossing = others.filter(
    ({ ax, ay, bx, by }) => ax <= east && bx >= west && Math.min(ay, by) <= north && Math.max(ay, by) >= south,
  );
  return [...borders, ...crossing];
}
