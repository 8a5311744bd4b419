/** Cells along each side of the grid that a curve runs through. */
const SIDE = 1024;
const ORIGIN = { x: 0, y: 0 };

/**
 * Points in the order in which a Hilbert curve meets them, so that one after the other has nearly the same neighbours:
 * what was read for one is still at hand for the next.
 */
export function alongCurve(given: readonly { readonly x: number; readonly y: number }[]): Uint32Array {
  // Where distances are given, coordinates may be missing.
  const points = given.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)) ? given : given.map(() => ORIGIN);
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  const scale = (SIDE - 1) / (Math.max(right - left, top - bottom) || 1);
  const keys = Float64Array.from(points, ({ x, y }) =>
    alongHilbert(Math.floor((x - left) * scale), Math.floor((y - bottom) * scale)),
  );
  return Uint32Array.from(points.keys()).sort((a, b) => keys[a]! - keys[b]! || a - b);
}

/** How far along the curve a cell lies: each quarter is the whole, turned and mirrored. */
function alongHilbert(column: number, row: number): number {
  let [x, y, along] = [column, row, 0];
  for (let side = SIDE / 2; side >= 1; side /= 2) {
    const right = (x & side) > 0 ? 1 : 0;
    const up = (y & side) > 0 ? 1 : 0;
    along += side * side * ((3 * right) ^ up);
    if (up === 0) {
      if (right === 1) [x, y] = [SIDE - 1 - x, SIDE - 1 - y];
      [x, y] = [y, x];
    }
  }
  return along;
}
