import type { Category, PerArea } from "../category/category.ts";
import type { CaseKind } from "../case/record.ts";
import { prefixOfCode } from "../territory/code.ts";
import type { RoutingRule, Unit } from "./rule.ts";

export type Routable = { categoryId: string; areaCode: string; kind: CaseKind; text: string };
export type RouteReason = {
  code: "rule" | "category" | "categoryArea" | "area" | "cityWide" | "noUnit";
  params: Record<string, string>;
};
export type RouteDecision = { lead?: string; assist: string[]; ruleId?: string; because: RouteReason[] };

function matches(rule: RoutingRule, item: Routable): boolean {
  const { categoryIds, areaPrefix: area, kinds, words } = rule.when;
  if (categoryIds && !categoryIds.some((id) => item.categoryId === id || item.categoryId.startsWith(`${id}.`)))
    return false;
  if (area && !item.areaCode.startsWith(prefixOfCode(area))) return false;
  if (kinds && !kinds.includes(item.kind)) return false;
  return !words || words.some((word) => item.text.includes(word));
}

/** The unit of a kind whose area is the narrowest that holds the place. */
function unitOfKind(units: readonly Unit[], kind: string, areaCode: string): Unit | undefined {
  let best: Unit | undefined;
  for (const unit of units) {
    if (unit.retired || unit.kind !== kind || !areaCode.startsWith(prefixOfCode(unit.areaCode))) continue;
    if (!best || prefixOfCode(unit.areaCode).length > prefixOfCode(best.areaCode).length) best = unit;
  }
  return best;
}

function narrowest(choices: readonly PerArea[], areaCode: string): PerArea | undefined {
  return choices
    .filter((each) => areaCode.startsWith(prefixOfCode(each.area)))
    .toSorted((a, b) => prefixOfCode(b.area).length - prefixOfCode(a.area).length)[0];
}

function resolve(units: readonly Unit[], wanted: string, areaCode: string): Unit | undefined {
  return wanted.startsWith("kind:")
    ? unitOfKind(units, wanted.slice(5), areaCode)
    : units.find((unit) => unit.id === wanted && !unit.retired);
}

/**
 * Which units a case goes to, and why: the first rule that matches, else what the category says of this area, else the
 * category's kinds of unit there.
 * No `lead` when the area has no such unit: a dispatcher decides.
 */
export function route(
  rules: readonly RoutingRule[],
  units: readonly Unit[],
  category: Category,
  item: Routable,
): RouteDecision {
  const rule = rules.find((each) => matches(each, item));
  const here = rule ? undefined : narrowest(category.perArea ?? [], item.areaCode);
  const wanted = rule ??
    here ?? { lead: `kind:${category.leadKind}`, assist: category.assistKinds.map((kind) => `kind:${kind}`) };
  const lead = resolve(units, wanted.lead, item.areaCode);
  const assist = wanted.assist
    .map((each) => resolve(units, each, item.areaCode)?.id)
    .filter((id) => id !== undefined && id !== lead?.id) as string[];
  const because: RouteReason[] = [
    rule
      ? { code: "rule", params: { id: rule.id, note: rule.note } }
      : here
        ? { code: "categoryArea", params: { categoryId: category.id, areaCode: here.area } }
        : { code: "category", params: { categoryId: category.id, kind: category.leadKind } },
  ];
  if (lead)
    because.push({
      code: lead.areaCode.endsWith("00000000") ? "cityWide" : "area",
      params: { unitId: lead.id, areaCode: lead.areaCode },
    });
  else because.push({ code: "noUnit", params: { wanted: wanted.lead, areaCode: item.areaCode } });
  return { lead: lead?.id, assist: [...new Set(assist)], ruleId: rule?.id, because };
}
