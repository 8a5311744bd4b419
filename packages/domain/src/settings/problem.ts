import type { Language } from "../error/catalogue.ts";
import { columns, type Column } from "./columns.ts";

type Params = Record<string, string>;

/** What is wrong with a row of a document: counted from 1, as an office counts rows. */
export type RowProblem = { row: number; id: string; field: string; code: ProblemCode; params: Params };

/** What a value's shape lacks, by the keyword of JSON Schema that found it. */
const shapes: Record<Language, Record<string, string>> = {
  zh: {
    required: "少了这一项",
    additionalProperties: "多出了不认识的一项",
    type: "类型不对",
    minimum: "数太小",
    maximum: "数太大",
    minLength: "不能空着",
    maxLength: "太长",
    minItems: "太少",
    maxItems: "太多",
    anyOf: "不在可选的几项里",
  },
  en: {
    required: "is missing",
    additionalProperties: "is not known here",
    type: "has the wrong type",
    minimum: "is too small",
    maximum: "is too large",
    minLength: "must not be empty",
    maxLength: "is too long",
    minItems: "has too few",
    maxItems: "has too many",
    anyOf: "is none of the choices",
  },
};

const zh = {
  empty: () => "不能空着",
  badId: () => "只能用字母、数字、点和短横",
  duplicateId: (p: Params) => `和第 ${p.other} 行重复`,
  unknownFamily: (p: Params) => `没有“${p.value}”这个大类`,
  unknownCategory: (p: Params) => `没有“${p.value}”这个类别`,
  unknownUnit: (p: Params) => `没有“${p.value}”这个单位`,
  unknownKind: (p: Params) => `没有“${p.value}”这一类单位`,
  unknownArea: (p: Params) => `没有“${p.value}”这个区域`,
  unknownCalendar: (p: Params) => `没有“${p.value}”这个工作日历`,
  contactAfterPromise: () => "联系时限比答复期限还长",
  choicesNeeded: (p: Params) => `“${p.value}”要有两个以上选项`,
  noCondition: () => "一个条件也没有：所有案件都会派过去",
  noHours: () => "一周里没有一天上班",
  hoursWrong: (p: Params) => `上班时间“${p.value}”不对：要从早到晚，不重叠`,
  notADate: (p: Params) => `“${p.value}”不是日期，要写成 2027-01-01`,
  bothDays: (p: Params) => `${p.value} 既是放假又是调休上班`,
  removed: () => "用过的不能删，请改为停用",
  inUse: (p: Params) => `还在用：${p.by}`,
  openWork: (p: Params) => `还有 ${p.count} 张工单没办完，先转给别的单位`,
  unreadable: (p: Params) => `看不懂“${p.value}”`,
  wrongShape: (p: Params) => shapes.zh[p.keyword!] ?? "格式不对",
} as const;

export type ProblemCode = keyof typeof zh;

const en: Record<ProblemCode, (p: Params) => string> = {
  empty: () => "must not be empty",
  badId: () => "may hold letters, digits, points and hyphens only",
  duplicateId: (p) => `is the same as in row ${p.other}`,
  unknownFamily: (p) => `there is no family “${p.value}”`,
  unknownCategory: (p) => `there is no category “${p.value}”`,
  unknownUnit: (p) => `there is no unit “${p.value}”`,
  unknownKind: (p) => `there is no kind of unit “${p.value}”`,
  unknownArea: (p) => `there is no area “${p.value}”`,
  unknownCalendar: (p) => `there is no calendar “${p.value}”`,
  contactAfterPromise: () => "the limit for contact is longer than the promise",
  choicesNeeded: (p) => `“${p.value}” needs two choices at least`,
  noCondition: () => "has no condition: every case would go there",
  noHours: () => "no day of the week is worked",
  hoursWrong: (p) => `hours “${p.value}” must run from early to late and not overlap`,
  notADate: (p) => `“${p.value}” is no date; write 2027-01-01`,
  bothDays: (p) => `${p.value} is both a holiday and worked`,
  removed: () => "was in use and cannot be deleted; retire it instead",
  inUse: (p) => `is still in use: ${p.by}`,
  openWork: (p) => `still has ${p.count} open work orders; send them elsewhere first`,
  unreadable: (p) => `“${p.value}” cannot be read`,
  wrongShape: (p) => shapes.en[p.keyword!] ?? "has not the right form",
};

const texts = { zh, en };

const labels = new Map<string, Column>(
  Object.values(columns)
    .flat()
    .flatMap((column): [string, Column][] => [
      [column.path, column],
      [column.path.split(".").at(-1)!, column],
    ]),
);

/** A field by its name in the tables; of a nested one, the name of the column that holds it. */
function fieldName(field: string, language: Language): string {
  const named = labels.get(field) ?? labels.get(field.split(".")[0]!);
  return named ? named[language] : field;
}

/** The problem in words, with the row that has it. */
export function explainProblem({ row, id, field, code, params }: RowProblem, language: Language): string {
  const what = texts[language][code](params);
  const name = id ? (language === "zh" ? `（${id}）` : ` (${id})`) : "";
  const label = fieldName(field, language);
  return language === "zh" ? `第 ${row} 行${name}${label}：${what}` : `Row ${row}${name}, ${label}: ${what}`;
}
