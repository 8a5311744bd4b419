import { windowOf } from "./layout.ts";
import { TIE } from "./likelihood.ts";
import type { Study } from "./study.ts";

/** A zone (its last step) and window whose ratio was computed. */
export type Candidate = {
  readonly chain: number;
  readonly origin: number;
  readonly step: number;
  readonly lane: number;
  readonly observed: number;
  readonly llr: number;
};

/**
 * Keeps what may be reported of each centre: the best zone of all its shapes. Where windows lie anywhere in time, the
 * best of every window is kept, and of these the best, then the best before and after it, and so on, as in SaTScan.
 */
export function bestWindows({ layout, zones }: Study): { add(candidate: Candidate): void; list(): Candidate[] } {
  const sliding = layout.form === "sliding";
  const best = new Map<number, Map<number, Candidate>>();
  return {
    add: (candidate) => {
      const centre = candidate.origin % zones.siteCount;
      const key = sliding ? candidate.lane : 0;
      let windows = best.get(centre);
      if (!windows) best.set(centre, (windows = new Map()));
      const known = windows.get(key);
      if (!known || isBetter(candidate, known)) windows.set(key, candidate);
    },
    list: () =>
      Array.from(best.values()).flatMap((windows) => {
        const all = Array.from(windows.values());
        if (!sliding) return all;
        const spans = new Map(all.map((each) => [each, windowOf(layout, each.lane)!]));
        return apart(
          all.toSorted((a, b) => (isBetter(a, b) ? -1 : 1)),
          spans,
        );
      }),
  };
}

/** Of equally good ones the first and smallest zone, and its first window. */
function isBetter(a: Candidate, b: Candidate): boolean {
  if (Math.abs(a.llr - b.llr) > TIE) return a.llr > b.llr;
  return a.step < b.step || (a.step === b.step && a.lane < b.lane);
}

type Spans = Map<Candidate, { readonly from: number; readonly to: number }>;

/** From best to worst those that are apart in time from all before them. */
function apart(candidates: Candidate[], spans: Spans): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates)
    if (kept.every((other) => areApart(spans.get(candidate)!, spans.get(other)!))) kept.push(candidate);
  return kept;
}

/** With at least a day between: windows that touch are one. */
export function areApart(a: { from: number; to: number }, b: { from: number; to: number }): boolean {
  return a.to + 1 < b.from || b.to + 1 < a.from;
}
