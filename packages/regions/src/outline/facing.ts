import type { Segments } from "./segments.ts";

/** Lines that meet at more than 45° do not run side by side, however near they are. */
const alongside = Math.SQRT1_2;

/**
 * The stretch of segment s, as distances from its start, along which segment t runs beside it no further away than
 * `snap`; nothing when there is none.
 */
export function facingStretch(
  { x1, y1, x2, y2 }: Segments,
  s: number,
  t: number,
  snap: number,
): [number, number] | undefined {
  const [dx, dy] = [x2[s]! - x1[s]!, y2[s]! - y1[s]!];
  const length = Math.hypot(dx, dy);
  const [ux, uy] = [dx / length, dy / length];
  const along = (x: number, y: number) => (x - x1[s]!) * ux + (y - y1[s]!) * uy;
  const aside = (x: number, y: number) => (y - y1[s]!) * ux - (x - x1[s]!) * uy;
  let [from, to] = [along(x1[t]!, y1[t]!), along(x2[t]!, y2[t]!)];
  let [fromAside, toAside] = [aside(x1[t]!, y1[t]!), aside(x2[t]!, y2[t]!)];
  if (from > to) [from, to, fromAside, toAside] = [to, from, toAside, fromAside];
  if (to - from < alongside * Math.hypot(to - from, toAside - fromAside) || to === from) return undefined;
  // Clip to s, then to where t is near enough; the distance changes linearly along the way.
  const slope = (toAside - fromAside) / (to - from);
  let [start, end] = [Math.max(0, from), Math.min(length, to)];
  if (slope !== 0) {
    const one = from + (snap - fromAside) / slope;
    const other = from + (-snap - fromAside) / slope;
    start = Math.max(start, Math.min(one, other));
    end = Math.min(end, Math.max(one, other));
  } else if (Math.abs(fromAside) > snap) return undefined;
  return end > start ? [start, end] : undefined;
}
