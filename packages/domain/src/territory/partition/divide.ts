import { doubleArea, refine, stepsBetween } from "./mesh.ts";
import type { Loop, Mesh } from "./mesh.ts";

/** The loops that make up one part: a piece of an island, with the islets that go with it. */
export type Part = Loop[];

/** Distance between the corners that a cut may end on, and room that a cut leaves to other corners, in units. */
const spacing = 500;
const clearance = 20;

/**
 * Divides an archipelago into `count` parts of about equal area. Islands get parts by their area (largest remainder);
 * an island is cut along its shortest chords; an islet too small for a part of its own goes whole to the nearest one.
 */
export function divide(mesh: Mesh, loops: readonly Loop[], count: number): Part[] {
  const areas = loops.map((loop) => doubleArea(mesh, loop));
  const shares = apportion(areas, count);
  const parts = loops
    .flatMap((loop, i) => (shares[i]! > 0 ? cutInto(mesh, loop, shares[i]!) : []))
    .map((loop) => [loop]);
  const anchors = parts.map(([loop]) => loop!);
  loops.forEach((loop, i) => {
    if (shares[i] === 0) parts[nearestLoop(mesh, loop, anchors)]!.push(loop);
  });
  return parts;
}

/** Whole seats by weight, summing to `seats` (largest remainder, Hamilton 1792). */
export function apportion(weights: readonly number[], seats: number): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (weight / total) * seats);
  const whole = exact.map(Math.floor);
  const left = seats - whole.reduce((sum, n) => sum + n, 0);
  const byRemainder = exact
    .map((_, i) => i)
    .toSorted((a, b) => exact[b]! - whole[b]! - (exact[a]! - whole[a]!) || a - b);
  for (const i of byRemainder.slice(0, left)) whole[i]!++;
  return whole;
}

function cutInto(mesh: Mesh, loop: Loop, count: number): Loop[] {
  if (count === 1) return [loop];
  const first = Math.floor(count / 2);
  const [a, b] = cutOnce(mesh, refine(mesh, loop, spacing), first / count);
  return [...cutInto(mesh, a, first), ...cutInto(mesh, b, count - first)];
}

type Chord = { from: number; to: number; length: number };

/** Cuts a loop along the shortest chord that leaves about `share` of its area on one side. */
function cutOnce(mesh: Mesh, loop: Loop, share: number): [Loop, Loop] {
  for (const tolerance of [0.06, 0.12, 0.2, 0.3]) {
    const chord = chords(mesh, loop, share, tolerance).find((candidate) => isClear(mesh, loop, candidate));
    if (!chord) continue;
    const { from, to } = chord;
    const across = stepsBetween(mesh, loop[from]!, loop[to]!, spacing);
    const inner = [...loop.slice(from, to + 1), ...across.toReversed()];
    const outer = [...loop.slice(to), ...loop.slice(0, from + 1), ...across];
    const isFirst = Math.abs(doubleArea(mesh, inner) / doubleArea(mesh, loop) - share) <= tolerance + 0.001;
    return isFirst ? [inner, outer] : [outer, inner];
  }
  const [x, y] = [mesh.x[loop[0]!]! / 1e6, mesh.y[loop[0]!]! / 1e6];
  throw new RangeError(`The polygon at ${x}, ${y} cannot be cut further: it is too small or too narrow.`);
}

/** Pairs of corners that divide the area as wanted, shortest first. Areas come from running sums, one step per pair. */
function chords(mesh: Mesh, loop: Loop, share: number, tolerance: number): Chord[] {
  const n = loop.length;
  const x = loop.map((id) => mesh.x[id]! - mesh.x[loop[0]!]!);
  const y = loop.map((id) => mesh.y[id]! - mesh.y[loop[0]!]!);
  const sums = [0];
  for (let i = 1; i < n; i++) sums.push(sums[i - 1]! + x[i - 1]! * y[i]! - x[i]! * y[i - 1]!);
  const total = doubleArea(mesh, loop);
  const found: Chord[] = [];
  for (let from = 0; from < n - 2; from++) {
    for (let to = from + 2; to < n; to++) {
      const part = (sums[to]! - sums[from]! + x[to]! * y[from]! - x[from]! * y[to]!) / total;
      if (Math.abs(part - share) > tolerance && Math.abs(1 - part - share) > tolerance) continue;
      found.push({ from, to, length: Math.hypot(x[to]! - x[from]!, y[to]! - y[from]!) });
    }
  }
  return found.toSorted((a, b) => a.length - b.length);
}

/** Whether a chord runs inside its loop, crosses none of its edges and keeps its distance from all other corners. */
function isClear(mesh: Mesh, loop: Loop, { from, to }: Chord): boolean {
  const [ax, ay, bx, by] = [mesh.x[loop[from]!]!, mesh.y[loop[from]!]!, mesh.x[loop[to]!]!, mesh.y[loop[to]!]!];
  const [dx, dy] = [bx - ax, by - ay];
  const squared = dx * dx + dy * dy;
  const side = loop.map((id) => dx * (mesh.y[id]! - ay) - dy * (mesh.x[id]! - ax));
  for (let i = 0; i < loop.length; i++) {
    const next = (i + 1) % loop.length;
    const [px, py] = [mesh.x[loop[i]!]! - ax, mesh.y[loop[i]!]! - ay];
    if (i !== from && i !== to) {
      const along = (px * dx + py * dy) / squared;
      const off =
        along <= 0
          ? Math.hypot(px, py)
          : along >= 1
            ? Math.hypot(px - dx, py - dy)
            : Math.abs(side[i]!) / Math.sqrt(squared);
      if (off < clearance) return false;
    }
    if (i === from || i === to || next === from || next === to) continue;
    if (side[i]! > 0 === side[next]! > 0) continue;
    const [qx, qy] = [mesh.x[loop[next]!]! - ax, mesh.y[loop[next]!]! - ay];
    const share = side[i]! / (side[i]! - side[next]!);
    const along = ((px + share * (qx - px)) * dx + (py + share * (qy - py)) * dy) / squared;
    if (along >= 0 && along <= 1) return false;
  }
  return isInside(mesh, loop, ax + dx / 2, ay + dy / 2);
}

function isInside(mesh: Mesh, loop: Loop, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = loop.length - 1; i < loop.length; j = i++) {
    const [px, py, qx, qy] = [mesh.x[loop[i]!]!, mesh.y[loop[i]!]!, mesh.x[loop[j]!]!, mesh.y[loop[j]!]!];
    if (py > y !== qy > y && x < px + ((y - py) / (qy - py)) * (qx - px)) inside = !inside;
  }
  return inside;
}

function nearestLoop(mesh: Mesh, loop: Loop, others: readonly Loop[]): number {
  let best = 0;
  let least = Infinity;
  others.forEach((other, i) => {
    for (const a of loop) {
      for (const b of other) {
        const distance = Math.hypot(mesh.x[a]! - mesh.x[b]!, mesh.y[a]! - mesh.y[b]!);
        if (distance < least) [least, best] = [distance, i];
      }
    }
  });
  return best;
}
