import { ScanInputError } from "./input.ts";

/** Cases and population of one stratum (such as an age group and sex) at one place, or place and day. */
export type StratumCount = {
  /** Any index into the population that is wanted: a place, or place × days + day. */
  readonly cell: number;
  readonly stratum: string;
  readonly cases: number;
  readonly population: number;
};

/**
 * Expected cases by indirect standardisation: each stratum has one rate everywhere, and a cell expects its population
 * at these rates. The result (one number per cell, adding up to all cases) is a `population` for the Poisson model.
 */
export function expectedFromStrata(rows: readonly StratumCount[], cells: number): Float64Array {
  const strata = new Map<string, { cases: number; population: number }>();
  for (const { cell, stratum, cases, population } of rows) {
    if (!Number.isInteger(cell) || cell < 0 || cell >= cells)
      throw new ScanInputError(`stratum ${stratum} names cell ${cell}, which does not exist`);
    if (!(population >= 0 && population < Infinity && cases >= 0 && cases < Infinity))
      throw new ScanInputError(`stratum ${stratum} has a count that is not a number from 0`);
    const sum = strata.get(stratum) ?? { cases: 0, population: 0 };
    strata.set(stratum, { cases: sum.cases + cases, population: sum.population + population });
  }
  const expected = new Float64Array(cells);
  for (const { cell, stratum, population } of rows) {
    const { cases, population: everyone } = strata.get(stratum)!;
    if (everyone === 0 && cases > 0) throw new ScanInputError(`stratum ${stratum} has cases but no population`);
    if (everyone > 0) expected[cell]! += (population * cases) / everyone;
  }
  return expected;
}
