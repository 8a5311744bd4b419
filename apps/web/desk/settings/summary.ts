import type { Amount, WorkingCalendar } from "@linge/domain/calendar/workingTime.ts";
import type { Category, Family } from "@linge/domain/category/category.ts";
import type { RoutingRule, Unit } from "@linge/domain/routing/rule.ts";
import type { DocumentKind, ReplyTemplate, Row } from "@linge/domain/settings/documents.ts";
import { useQuery } from "@tanstack/react-query";
import { useAreas } from "../areas.ts";
import { api } from "../api.ts";
import { useTexts } from "../language.tsx";
import { useCategories, useUnits } from "../names.ts";
import { useSettingsTexts } from "./texts.ts";

/** Heads and cells of a document's rows; the first cell is what the row is called. */
export type Summary = { heads: string[]; cells: (row: Row) => string[] };

/** Names for the codes that rows are made of. */
export function useWords() {
  const { t, language } = useSettingsTexts();
  const desk = useTexts().t;
  const categories = useCategories();
  const units = useUnits();
  const areas = useAreas();
  const found = useQuery({ queryKey: ["categories"], queryFn: api.categories, staleTime: 600_000 });
  const families = new Map(found.data?.families.map((family) => [family.id, family[language]]));
  const areaOf = (code: string): string => {
    const all = areas.flatMap(({ county, townships }) => [county, ...townships]);
    return all.find((area) => area.code === code)?.[language] ?? code;
  };
  const kindOf = (kind: string): string => {
    const one = units.units.find((unit) => unit.kind === kind);
    const county = one && areaOf(one.areaCode);
    return one && county ? one[language].replace(county, "").trim() : kind;
  };
  return {
    categoryOf: (id: string) => families.get(id) ?? categories.nameOf(id),
    familyOf: (id: string) => families.get(id) ?? id,
    areaOf,
    kindOf,
    targetOf: (target: string) =>
      target.startsWith("kind:") ? t.localKind(kindOf(target.slice(5))) : units.nameOf(target),
    amountOf: ({ amount, unit }: Amount) => `${amount} ${t.units[unit]}`,
    desk,
  };
}

/** What a document's table shows of each row. */
export function useSummary(kind: DocumentKind): Summary {
  const { t, language } = useSettingsTexts();
  const words = useWords();
  const state = (row: { retired?: boolean }): string => (row.retired ? t.retired : "");
  const summaries: Record<DocumentKind, (row: never) => string[]> = {
    families: (row: Family) => [row[language], row.id],
    categories: (row: Category) => [
      row[language],
      words.familyOf(row.id.split(".")[0]!),
      words.amountOf(row.promise),
      row.leadKind && words.kindOf(row.leadKind),
      t.visibility[row.visibility],
      String(row.questions.length || ""),
      state(row),
    ],
    units: (row: Unit) => [row[language], words.areaOf(row.areaCode), row.kind, row.phone ?? "", state(row)],
    routingRules: (row: RoutingRule) => [
      row.note || row.id,
      whenOf(row),
      words.targetOf(row.lead),
      row.assist.map(words.targetOf).join("、"),
    ],
    calendars: (row: WorkingCalendar) => [
      t.calendarNames[row.id] ?? row.id,
      t.daysOff(row.holidays.length),
      t.daysWorked(row.workdays.length),
      String(row.version),
    ],
    templates: (row: ReplyTemplate) => [row[language], row.text],
  };
  function whenOf({ when }: RoutingRule): string {
    const { categoryIds, areaPrefix, kinds, words: said } = when;
    return [
      categoryIds?.length && `${words.desk.category} ${categoryIds.map(words.categoryOf).join("、")}`,
      areaPrefix && `${words.desk.area} ${words.areaOf(areaPrefix)}`,
      kinds?.length && kinds.map((each) => words.desk.kinds[each]).join("、"),
      said?.length && `${t.contains} “${said.join("” “")}”`,
    ]
      .filter(Boolean)
      .join(language === "zh" ? "，" : ", ");
  }
  return { heads: t.heads[kind], cells: summaries[kind] as (row: Row) => string[] };
}
