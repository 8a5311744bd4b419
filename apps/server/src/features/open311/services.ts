import type { Amount } from "@linge/domain/calendar/workingTime.ts";
import type { Category, Question } from "@linge/domain/category/category.ts";
import type { House } from "../../platform/house.ts";
import type { Language } from "../../platform/http/language.ts";
import type { Plain } from "./document.ts";
import { refuseWith } from "./problem.ts";

const units: Record<Language, Record<Amount["unit"], string>> = {
  zh: { workingDay: "个工作日", workingHour: "个工作小时", hour: "小时" },
  en: { workingDay: "working days", workingHour: "working hours", hour: "hours" },
};

function familyOf(house: House, category: Category): { zh: string; en: string } {
  return house.settings.family(category.id.split(".")[0]!) ?? { zh: "", en: "" };
}

function describe(house: House, category: Category, language: Language): string {
  const { amount, unit } = category.promise;
  const family = familyOf(house, category)[language];
  return language === "zh"
    ? `${family}：${category.zh}。承诺 ${amount} ${units.zh[unit]}内办结。`
    : `${family}: ${category.en}. Promised within ${amount} ${units.en[unit]}.`;
}

/** Categories that answer to a service code: usually one, several where a city maps them together. */
export function categoriesOf(house: House, code: string): Category[] {
  return house.settings.categories().filter((category) => category.mapsTo.open311 === code);
}

/** The same, or 404 as the specification has it. @throws Open311Refusal */
export function knownCategories(house: House, code: string): Category[] {
  const found = categoriesOf(house, code);
  if (!found.length) refuseWith(404, `没有 service_code ${code}。`, `The service_code ${code} was not found.`);
  return found;
}

/** The stable code of a category; of one that the city no longer has, its id. */
export function codeOf(house: House, categoryId: string): string {
  return house.settings.category(categoryId)?.mapsTo.open311 ?? categoryId;
}

/** GET services: one for each service code, in the order of the city's categories. */
export function serviceList(house: House, language: Language): Plain {
  const byCode = Map.groupBy(house.settings.categories(), (category) => category.mapsTo.open311);
  return [...byCode].map(([code, [category]]) => {
    const family = familyOf(house, category!);
    return {
      service_code: code,
      service_name: category![language],
      description: describe(house, category!, language),
      metadata: category!.questions.length > 0,
      type: "realtime",
      keywords: [category!.zh, category!.en, family.zh, family.en].filter(Boolean).join(", "),
      group: family[language],
    };
  });
}

const datatypes: Record<Question["kind"], string> = {
  text: "string",
  number: "number",
  choice: "singlevaluelist",
  yesNo: "singlevaluelist",
};
const hints: Record<Language, Record<Question["kind"], string>> = {
  zh: { text: "一行文字，最多 500 字", number: "数字", choice: "选一项", yesNo: "选“是”或“否”" },
  en: { text: "A line of text, up to 500 characters", number: "A number", choice: "Choose one", yesNo: "Yes or no" },
};

/** Answers that a list question takes; nothing for free ones. Yes and no are sent as `true` and `false`. */
export function choicesOf(question: Question): { id: string; zh: string; en: string }[] {
  if (question.kind === "choice") return question.choices ?? [];
  if (question.kind !== "yesNo") return [];
  return [
    { id: "true", zh: "是", en: "Yes" },
    { id: "false", zh: "否", en: "No" },
  ];
}

/** GET services/:code: the questions of a category as attributes. */
export function serviceDefinition(house: House, code: string, language: Language): Plain {
  const [category] = knownCategories(house, code);
  return {
    service_code: code,
    attributes: category!.questions.map((question, index) => ({
      variable: true,
      code: question.id,
      datatype: datatypes[question.kind],
      required: question.required,
      datatype_description: hints[language][question.kind],
      order: index + 1,
      description: question[language],
      ...(datatypes[question.kind] === "singlevaluelist" && {
        values: choicesOf(question).map((choice) => ({ key: choice.id, name: choice[language] })),
      }),
    })),
  };
}
