/** A point in metres, rounded to the centimetre so that what meets is the same point. */
export type Node = { x: number; y: number };
/** Nodes and the edges between them; no edge crosses another, none ends beside another. */
export type Arrangement = { nodes: Node[]; edges: [number, number][] };

type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

const perMetre = 100;
const rounded = (value: number): number => Math.round(value * perMetre) / perMetre;
/** Nearer than this (metres) a corner lies on a line. */
const touching = 0.02;
/** Rounding can move a line across a corner beside it; a few rounds settle that. */
const rounds = 5;

/** Cuts segments wherever they cross or touch. Time grows with the number of segments and of crossings. */
export function arrange(segments: readonly Segment[]): Arrangement {
  let pieces = unique(segments);
  for (let round = 0; round < rounds; round++) {
    const cut = unique(cutAll(pieces));
    const before = new Set(pieces.map(String));
    const settled = cut.every((piece) => before.has(String(piece)));
    pieces = cut;
    if (settled) break;
  }
  const nodes: Node[] = [];
  const numberOf = new Map<string, number>();
  const nodeAt = (x: number, y: number): number => {
    const key = `${x},${y}`;
    const known = numberOf.get(key);
    if (known !== undefined) return known;
    numberOf.set(key, nodes.length);
    return nodes.push({ x, y }) - 1;
  };
  const edges = pieces.map(([x1, y1, x2, y2]): [number, number] => [nodeAt(x1, y1), nodeAt(x2, y2)]);
  return { nodes, edges };
}

/** Each stretch once, whichever way it runs; what rounding made a point is dropped. */
function unique(segments: readonly Segment[]): Segment[] {
  const found = new Map<string, Segment>();
  for (const segment of segments) {
    const [x1, y1, x2, y2] = segment.map(rounded) as unknown as Segment;
    if (x1 === x2 && y1 === y2) continue;
    const forward = x1 < x2 || (x1 === x2 && y1 < y2);
    const kept: Segment = forward ? [x1, y1, x2, y2] : [x2, y2, x1, y1];
    found.set(kept.join(), kept);
  }
  return [...found.values()];
}

type Point = readonly [x: number, y: number];

/** Every meeting of two segments is one point, led through by both: what is cut alike hangs together after rounding. */
function cutAll(segments: readonly Segment[]): Segment[] {
  const near = cellsOf(segments);
  const cuts: Point[][] = segments.map(() => []);
  segments.forEach((segment, s) => {
    for (const t of near(s)) {
      if (t < s) continue;
      for (const point of meetings(segment, segments[t]!)) {
        cuts[s]!.push(point);
        cuts[t]!.push(point);
      }
    }
  });
  return segments.flatMap((segment, s) => {
    const [x1, y1, x2, y2] = segment;
    const along = ([x, y]: Point) => (x - x1) * (x2 - x1) + (y - y1) * (y2 - y1);
    const way: Point[] = [[x1, y1], ...cuts[s]!.toSorted((a, b) => along(a) - along(b)), [x2, y2]];
    return way.slice(1).map((to, at): Segment => [...way[at]!, ...to]);
  });
}

/** Where two segments meet: where they cross, and where one ends beside the other; an end that is near is taken. */
function meetings(a: Segment, b: Segment): Point[] {
  const ends: Point[] = [
    [a[0], a[1]],
    [a[2], a[3]],
    [b[0], b[1]],
    [b[2], b[3]],
  ];
  const beside = ends.filter((end, at) => isBeside(end, at < 2 ? b : a));
  if (beside.length > 0) return beside;
  const [dx, dy, ex, ey] = [a[2] - a[0], a[3] - a[1], b[2] - b[0], b[3] - b[1]];
  const cross = dx * ey - dy * ex;
  if (Math.abs(cross) < 1e-9 * Math.hypot(dx, dy) * Math.hypot(ex, ey)) return [];
  const at = ((b[0] - a[0]) * ey - (b[1] - a[1]) * ex) / cross;
  const other = ((b[0] - a[0]) * dy - (b[1] - a[1]) * dx) / cross;
  if (at < 0 || at > 1 || other < 0 || other > 1) return [];
  return [[rounded(a[0] + dx * at), rounded(a[1] + dy * at)]];
}

function isBeside([x, y]: Point, [x1, y1, x2, y2]: Segment): boolean {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x1 - dx * along, y - y1 - dy * along) <= touching;
}

/** For a segment, the others whose boxes share a cell with it. */
function cellsOf(segments: readonly Segment[]): (s: number) => Set<number> {
  const mean = segments.reduce((all, [x1, y1, x2, y2]) => all + Math.hypot(x2 - x1, y2 - y1), 0) / segments.length;
  const size = Math.max(2 * mean, 1);
  const cells = new Map<string, number[]>();
  const visit = ([x1, y1, x2, y2]: Segment, each: (key: string) => void): void => {
    const steps = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / size));
    for (let step = 0; step < steps; step++) {
      const [ax, ay] = [x1 + ((x2 - x1) * step) / steps, y1 + ((y2 - y1) * step) / steps];
      const [bx, by] = [x1 + ((x2 - x1) * (step + 1)) / steps, y1 + ((y2 - y1) * (step + 1)) / steps];
      for (let i = Math.floor((Math.min(ax, bx) - 1) / size); i <= Math.floor((Math.max(ax, bx) + 1) / size); i++)
        for (let j = Math.floor((Math.min(ay, by) - 1) / size); j <= Math.floor((Math.max(ay, by) + 1) / size); j++)
          each(`${i},${j}`);
    }
  };
  segments.forEach((segment, s) =>
    visit(segment, (key) => {
      const cell = cells.get(key);
      if (!cell) cells.set(key, [s]);
      else if (cell.at(-1) !== s) cell.push(s);
    }),
  );
  return (s) => {
    const found = new Set<number>();
    visit(segments[s]!, (key) => {
      for (const t of cells.get(key) ?? []) if (t !== s) found.add(t);
    });
    return found;
  };
}
