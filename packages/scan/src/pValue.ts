import { TIE } from "./likelihood.ts";
import type { ChosenSettings } from "./input.ts";

/** A sequential test stops when this many replicates were at least as surprising as the data. */
const EXCEEDANCES_TO_STOP = 50;

/**
 * The number of replicates at least as surprising as the data at which a scan stops: of a sequential test, or where it
 * is certain that all replicates could not make an alarm any more.
 */
export function stopsAfter({ pValue, alarmP, replicates }: ChosenSettings): number {
  const sequential = pValue === "sequential" ? EXCEEDANCES_TO_STOP : Infinity;
  return Math.min(sequential, alarmP === undefined ? Infinity : certainlyQuiet(alarmP, replicates));
}

const certainlyQuiet = (alarmP: number, replicates: number) => Math.floor(alarmP * (replicates + 1) + 1e-9);

const EULER = 0.5772156649015329;

/** Of maxima in the order of their replicates, those that a sequential test would have looked at. */
export function untilStop(maxima: Float64Array, observed: number, stop: number): Float64Array {
  let exceeding = 0;
  for (let i = 0; i < maxima.length; i++)
    if (maxima[i]! >= observed - TIE && ++exceeding === stop) return maxima.subarray(0, i + 1);
  return maxima;
}

/**
 * The chance of a ratio at least this large somewhere when there are no clusters. Ties count as exceeding.
 * Full: Monte Carlo rank (Dwass 1957). Sequential: stopped early (Besag and Clifford 1991).
 * Gumbel: tail of an extreme value distribution fitted by moments (Abrams, Kulldorff and Kleinman 2010).
 */
export function pValue(llr: number, maxima: Float64Array, settings: ChosenSettings): number {
  const { pValue, replicates, alarmP } = settings;
  let atLeast = 0;
  for (const each of maxima) if (each >= llr - TIE) atLeast++;
  if (pValue === "gumbel") return gumbelTail(llr, maxima) ?? (atLeast + 1) / (maxima.length + 1);
  // A test that stopped because it is certainly quiet must not seem to be an alarm.
  const quiet = alarmP !== undefined && stopsAfter(settings) === certainlyQuiet(alarmP, replicates);
  const stopped = pValue === "sequential" && maxima.length < replicates && !quiet;
  return stopped && atLeast > 0 ? atLeast / maxima.length : (atLeast + 1) / (maxima.length + 1);
}

function gumbelTail(llr: number, maxima: Float64Array): number | undefined {
  if (maxima.length < 2) return undefined;
  const mean = maxima.reduce((sum, each) => sum + each, 0) / maxima.length;
  const variance = maxima.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (maxima.length - 1);
  if (variance === 0) return undefined;
  const scale = Math.sqrt(6 * variance) / Math.PI;
  const tail = -Math.expm1(-Math.exp(-(llr - mean + scale * EULER) / scale));
  return Math.max(tail, Number.MIN_VALUE);
}
