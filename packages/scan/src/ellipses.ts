import type { ChosenSettings } from "./input.ts";

/** The outline of a zone: how long over how wide, the angle of the long axis to the x axis, and what its ratio counts for. */
export type Shape = { readonly elongation: number; readonly angle: number; readonly penalty: number };

/** Elongations and the number of angles of each, those that SaTScan tries. */
const ELLIPSES: readonly [elongation: number, angles: number][] = [
  [1.5, 4],
  [2, 6],
  [3, 9],
  [4, 12],
  [5, 15],
];

const POWER = { none: 0, medium: 0.5, strong: 1 };

/**
 * The circle and, when wanted, every ellipse. The ratio of an ellipse that is s times as long as wide counts for
 * (4 s / (s + 1)²)^a of its value, with a = 1/2 or 1 (Kulldorff, Huang, Pickle and Duczmal 2006).
 */
export function shapesOf({ shape, penalty, firstAngle = 0 }: ChosenSettings): Shape[] {
  const circle = { elongation: 1, angle: 0, penalty: 1 };
  if (shape === "circle") return [circle];
  const ellipses = ELLIPSES.flatMap(([elongation, angles]) =>
    Array.from({ length: angles }, (_, i) => ({
      elongation,
      angle: (Math.PI * firstAngle) / 180 + (Math.PI * i) / angles,
      penalty: ((4 * elongation) / (elongation + 1) ** 2) ** POWER[penalty],
    })),
  );
  return [circle, ...ellipses];
}
