import type { VisitField, VisitNeed } from "./visit.ts";

type Labels = {
  need: Record<VisitNeed, string>;
  field: Record<Exclude<VisitField, `need.${string}`>, string>;
};

const zh: Labels = {
  need: {
    medicine: "代配药",
    errands: "代买代办",
    meals: "送餐",
    company: "常来看看",
    repair: "小修",
    transport: "出门、船票",
    guidance: "教手机、问办事",
    mediation: "调解",
  },
  field: {
    door: "哪一户",
    dueOn: "哪天去",
    visitedOn: "去的日子",
    met: "家里有没有人",
    agreed: "同不同意记",
    dropped: "还去不去",
    caseId: "报的哪件事",
  },
};

const en: Labels = {
  need: {
    medicine: "Fetch medicine",
    errands: "Shopping, errands",
    meals: "Meals",
    company: "Look in often",
    repair: "Small repairs",
    transport: "Getting about, tickets",
    guidance: "Help with phone or office",
    mediation: "Mediation",
  },
  field: {
    door: "Which door",
    dueOn: "Which day",
    visitedOn: "Day of the visit",
    met: "Whether somebody was in",
    agreed: "Whether they agree",
    dropped: "Whether to go",
    caseId: "The case reported",
  },
};

/** What the fields and needs of a visit are called, short enough to be spoken. */
export const visitLabels = { zh, en };

/** What a field is called; a need by what is needed. */
export function visitFieldName(field: string, language: "zh" | "en"): string {
  const { need, field: names } = visitLabels[language];
  const name = field.startsWith("need.") ? need[field.slice(5) as VisitNeed] : names[field as keyof typeof names];
  return name ?? field;
}
