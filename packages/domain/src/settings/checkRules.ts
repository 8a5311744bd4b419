import type { RoutingRule } from "../routing/rule.ts";
import type { Around } from "./check.ts";
import type { Report } from "./rows.ts";
import type { ProblemCode } from "./problem.ts";

type Say = (field: string, code: ProblemCode, params?: Record<string, string>) => void;

/** A unit that takes work, or a kind of unit with a leading `kind:`. */
export function checkTarget(target: string, field: string, { units }: Around, say: Say): void {
  if (!target) return;
  const kind = target.startsWith("kind:") ? target.slice(5) : undefined;
  if (kind !== undefined) {
    if (!units.some((unit) => unit.kind === kind && !unit.retired)) say(field, "unknownKind", { value: kind });
  } else if (!units.some((unit) => unit.id === target && !unit.retired)) say(field, "unknownUnit", { value: target });
}

/** Every rule has a condition, and names categories, areas and units that exist. */
export function checkRules(rows: RoutingRule[], around: Around, report: Report): void {
  const known = new Set([...around.categories, ...around.families].map(({ id }) => id));
  rows.forEach((row, i) => {
    const say = report.bind(null, i + 1, row.id);
    const { categoryIds = [], areaPrefix, kinds = [], words = [] } = row.when;
    if (!categoryIds.length && !areaPrefix && !kinds.length && !words.length) say("when", "noCondition");
    for (const id of categoryIds) if (!known.has(id)) say("categoryIds", "unknownCategory", { value: id });
    if (areaPrefix && !around.hasArea(areaPrefix)) say("areaPrefix", "unknownArea", { value: areaPrefix });
    checkTarget(row.lead, "lead", around, say);
    for (const target of row.assist) checkTarget(target, "assist", around, say);
  });
}
