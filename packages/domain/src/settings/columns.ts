import type { Visibility } from "../category/category.ts";
import {
  amount,
  flag,
  hours,
  list,
  number,
  oneOf,
  optionalList,
  optionalText,
  perArea,
  questions,
  text,
  type Codec,
} from "./codec.ts";
import type { DocumentKind } from "./documents.ts";

/** A column of a document as a table: where the value stands in the row (`a.b`), its names, and how a cell is written. */
export type Column = { path: string; zh: string; en: string; codec: Codec<never> };

// A codec reads and writes the type of its own column; the table knows columns only by their paths.
const column = (path: string, zh: string, en: string, codec: unknown): Column => ({
  path,
  zh,
  en,
  codec: codec as Codec<never>,
});

const id = column("id", "编号", "id", text);
const names = [id, column("zh", "中文名", "Chinese name", text), column("en", "英文名", "English name", text)];
const visibility = oneOf<Visibility>({ public: "公开", parties: "当事人", confidential: "保密" });
const retired = column("retired", "停用", "retired", flag);

/** Documents as tables: the columns of a CSV, and the words of a comparison. */
export const columns: Record<DocumentKind, readonly Column[]> = {
  families: names,
  categories: [
    ...names,
    column("promise", "答复期限", "promise", amount),
    column("contactWithin", "联系时限", "contact within", amount),
    column("visibility", "谁能看", "visible to", visibility),
    column("leadKind", "主办单位类型", "lead kind", text),
    column("assistKinds", "协办单位类型", "assisting kinds", list),
    column("perArea", "各区域的单位", "units per area", perArea),
    column("calendarId", "工作日历", "calendar", optionalText),
    column("questions", "要问的问题", "questions", questions),
    column("mapsTo.open311", "Open311 代码", "Open311 code", text),
    column("mapsTo.hotline", "热线代码", "hotline code", optionalText),
    retired,
  ],
  units: [
    ...names,
    column("kind", "类型", "kind", text),
    column("areaCode", "辖区", "area", text),
    column("phone", "电话", "telephone", optionalText),
    retired,
  ],
  routingRules: [
    id,
    column("when.categoryIds", "类别", "categories", optionalList),
    column("when.areaPrefix", "区域", "area", optionalText),
    column("when.kinds", "诉求类型", "kinds", optionalList),
    column("when.words", "含有的词", "words", optionalList),
    column("lead", "主办", "lead", text),
    column("assist", "协办", "assist", list),
    column("note", "说明", "note", text),
  ],
  calendars: [
    id,
    column("offsetMinutes", "时区（分钟）", "minutes east", number),
    column("hours", "上班时间", "hours", hours),
    column("holidays", "放假", "holidays", list),
    column("workdays", "调休上班", "worked in exchange", list),
  ],
  templates: [...names, column("text", "内容", "text", text), column("for", "用在", "offered in", optionalList)],
};

/** The value at a path of a row. */
export function valueAt(row: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], row);
}

/** What a cell of a row says. */
export function cellOf(row: unknown, { path, codec }: Column): string {
  return codec.write(valueAt(row, path) as never);
}
