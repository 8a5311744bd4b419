/** With so many replicates at least as surprising, their rank says more than any fitted tail. */
const enoughAbove = 5;
const tie = 1e-9;

/**
 * The chance of a cluster, from the largest ratios of replicates. A Gumbel tail reaches beyond them (Abrams, Kulldorff
 * and Kleinman 2010), but it is fitted to a continuous spread: where hardly any replicate has a cluster of the least
 * size at all, nearly all maxima are zero, the fit is far too sure, and only the rank can be believed.
 * @param fitted the chance by the Gumbel tail
 * @param maxima largest log-likelihood ratio of each replicate
 */
export function chanceOf(llr: number, fitted: number, maxima: Float64Array): number {
  let above = 0;
  let zero = 0;
  for (const each of maxima) {
    if (each >= llr - tie) above++;
    if (each <= 0) zero++;
  }
  const byRank = (above + 1) / (maxima.length + 1);
  return above >= enoughAbove || zero > maxima.length / 2 ? Math.max(byRank, fitted) : fitted;
}
