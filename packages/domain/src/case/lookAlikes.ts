/** What of a case decides whether another says the same. */
export type Likely = {
  id: string;
  categoryId: string;
  areaCode: string;
  text: string;
  reportedAt: string;
  place?: { lon?: number; lat?: number };
};

const nearMetres = 400;
const withinMs = 14 * 86_400_000;
/** Shared pairs over the shorter text's pairs. */
const alike = 0.35;
const metresPerDegree = 111_320;

function pairsOf(text: string): Set<string> {
  const bare = text.toLowerCase().replace(/[\s\p{P}]+/gu, "");
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < bare.length; i += 1) pairs.add(bare.slice(i, i + 2));
  return pairs;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return shared / Math.max(1, Math.min(a.size, b.size));
}

/** Near each other; where one has no point, in the same community or grid. */
function areNear(a: Likely, b: Likely): boolean {
  const [p, q] = [a.place, b.place];
  if (p?.lon === undefined || p.lat === undefined || q?.lon === undefined || q.lat === undefined)
    return a.areaCode.slice(0, 12) === b.areaCode.slice(0, 12) && a.areaCode.slice(9, 12) !== "000";
  const east = (p.lon - q.lon) * Math.cos((p.lat * Math.PI) / 180);
  return Math.hypot(east, p.lat - q.lat) * metresPerDegree <= nearMetres;
}

/**
 * Groups cases that look like the same thing: one category, near in place and time, in like words. A group holds whoever
 * is like one of its members, so that a long evening's reports of one broken pipe come together.
 * @param cases a page of a list, a few hundred at the most: each is compared with each
 * @returns groups of two and more, each and all in the order of `cases`
 */
export function lookAlikes<T extends Likely>(cases: readonly T[]): T[][] {
  const words = cases.map((each) => pairsOf(each.text));
  const groupOf = cases.map((_, i) => i);
  for (let i = 0; i < cases.length; i += 1)
    for (let j = 0; j < i; j += 1) {
      const [a, b] = [cases[i]!, cases[j]!];
      if (groupOf[i] === groupOf[j] || a.categoryId !== b.categoryId) continue;
      if (Math.abs(Date.parse(a.reportedAt) - Date.parse(b.reportedAt)) > withinMs || !areNear(a, b)) continue;
      if (likeness(words[i]!, words[j]!) < alike) continue;
      const [kept, gone] = [Math.min(groupOf[i]!, groupOf[j]!), Math.max(groupOf[i]!, groupOf[j]!)];
      for (let k = 0; k <= i; k += 1) if (groupOf[k] === gone) groupOf[k] = kept;
    }
  const groups = Map.groupBy(cases, (_, i) => groupOf[i]!);
  return [...groups.values()].filter((group) => group.length > 1);
}
