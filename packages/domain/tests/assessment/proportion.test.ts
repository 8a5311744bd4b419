import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proportion } from "../../src/assessment/proportion.ts";

describe("a share with its interval", () => {
  // Newcombe (1998), Statistics in Medicine 17, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%i of %i lies between %f and %f", (part, whole, low, high) => {
    const found = proportion(part, whole)!;
    expect([found.low, found.high]).toEqual([expect.closeTo(low, 4), expect.closeTo(high, 4)]);
  });

  it("holds the share, stays within 0 and 1, and narrows as numbers grow", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (part, rest) => {
        fc.pre(part + rest > 0);
        const [one, ten] = [proportion(part, part + rest)!, proportion(part * 10, (part + rest) * 10)!];
        expect(one.low).toBeGreaterThanOrEqual(0);
        expect(one.high).toBeLessThanOrEqual(1);
        expect(one.low).toBeLessThanOrEqual(one.share + 1e-12);
        expect(one.high).toBeGreaterThanOrEqual(one.share - 1e-12);
        expect(ten.high - ten.low).toBeLessThan(one.high - one.low);
      }),
    );
  });

  it("says nothing of nothing, and refuses what is no share", () => {
    expect(proportion(0, 0)).toBeUndefined();
    for (const [part, whole] of [
      [2, 1],
      [-1, 3],
      [0.5, 3],
    ] as const)
      expect(() => proportion(part, whole)).toThrow(RangeError);
  });
});
