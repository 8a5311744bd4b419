import type { Amount } from "../calendar/workingTime.ts";
import type { PerArea, Question } from "../category/category.ts";
import type { WorkingCalendar } from "../calendar/workingTime.ts";

/** How a value stands in one cell of a table, and how it is read back. @throws CellError for a cell that says nothing */
export type Codec<T> = { write(value: T | undefined): string; read(cell: string): T | undefined };

/** A cell that cannot be read. */
export class CellError extends Error {}

const parts = (cell: string, mark: RegExp): string[] =>
  cell
    .split(mark)
    .map((part) => part.trim())
    .filter(Boolean);
const apart = (cell: string): string[] => parts(cell, /[;；、]/u);
const linesOf = (cell: string): string[] => parts(cell, /\r?\n/u);
const fields = (line: string): string[] => line.split(/[|｜]/u).map((part) => part.trim());

export const text: Codec<string> = { write: (value) => value ?? "", read: (cell) => cell };
export const optionalText: Codec<string> = { write: (value) => value ?? "", read: (cell) => cell || undefined };
export const list: Codec<string[]> = { write: (value) => (value ?? []).join("; "), read: apart };
export const optionalList: Codec<string[]> = {
  write: list.write,
  read: (cell) => (apart(cell).length ? apart(cell) : undefined),
};

export const number: Codec<number> = {
  write: (value) => String(value ?? ""),
  read(cell) {
    const value = Number(cell);
    if (cell === "" || !Number.isFinite(value)) throw new CellError(cell);
    return value;
  },
};

const yes: ReadonlySet<string> = new Set(["yes", "true", "1", "是", "y"]);
const no: ReadonlySet<string> = new Set(["", "no", "false", "0", "否", "n"]);

function readYes(cell: string): boolean {
  if (yes.has(cell.toLowerCase())) return true;
  if (no.has(cell.toLowerCase())) return false;
  throw new CellError(cell);
}

export const flag: Codec<boolean> = {
  write: (value) => (value ? "yes" : ""),
  read: (cell) => readYes(cell) || undefined,
};

const units: Record<string, Amount["unit"]> = {
  workingDay: "workingDay",
  workingHour: "workingHour",
  hour: "hour",
  个工作日: "workingDay",
  工作日: "workingDay",
  个工作小时: "workingHour",
  工作小时: "workingHour",
  小时: "hour",
};

export const amount: Codec<Amount> = {
  write: (value) => (value ? `${value.amount} ${value.unit}` : ""),
  read(cell) {
    const [, count, unit = ""] = /^(\d+)\s*(\S+)$/u.exec(cell) ?? [];
    if (!count || !units[unit]) throw new CellError(cell);
    return { amount: Number(count), unit: units[unit] };
  },
};

/** One of a few words; Chinese ones are read as well. */
export function oneOf<T extends string>(words: Record<T, string>): Codec<T> {
  return {
    write: (value) => value ?? "",
    read(cell) {
      const found = (Object.keys(words) as T[]).find((word) => word === cell || words[word] === cell);
      if (!found) throw new CellError(cell);
      return found;
    },
  };
}

const questionKinds = oneOf<Question["kind"]>({ text: "文字", number: "数字", choice: "选项", yesNo: "是否" });

/** One question a line: `id | 中文 | English | kind | required | a=甲=A; b=乙=B`. */
export const questions: Codec<Question[]> = {
  write: (value = []) =>
    value
      .map(({ id, zh, en, kind, required, choices = [] }) => {
        const given = choices.map((choice) => `${choice.id}=${choice.zh}=${choice.en}`).join("; ");
        return [id, zh, en, kind, required ? "yes" : "no", given].join(" | ").replace(/ \| $/u, "");
      })
      .join("\n"),
  read: (cell) =>
    linesOf(cell).map((line) => {
      const [id = "", zh = "", en = "", kind = "", required = "", given = ""] = fields(line);
      if (!id || !zh || !en) throw new CellError(line);
      const question: Question = { id, zh, en, kind: questionKinds.read(kind)!, required: readYes(required) };
      const choices = parts(given, /[;；]/u).map((choice) => {
        const [key = "", name = "", english = name] = choice.split("=").map((part) => part.trim());
        return { id: key, zh: name, en: english };
      });
      return choices.length ? { ...question, choices } : question;
    }),
};

/** One area a line: `code | lead | assist; assist`. */
export const perArea: Codec<PerArea[]> = {
  write: (value = []) =>
    value.map(({ area, lead, assist }) => [area, lead, assist.join("; ")].join(" | ").replace(/ \| $/u, "")).join("\n"),
  read(cell) {
    const found = linesOf(cell).map((line) => {
      const [area = "", lead = "", assist = ""] = fields(line);
      if (!area || !lead) throw new CellError(line);
      return { area, lead, assist: apart(assist) };
    });
    return found.length ? found : undefined;
  },
};

/** One weekday a line, Sunday = 0: `1 08:30-12:00 13:30-17:30`. */
export const hours: Codec<WorkingCalendar["hours"]> = {
  write: (value = {}) =>
    Object.entries(value)
      .filter(([, spans]) => spans.length)
      .map(([day, spans]) => `${day} ${spans.map((span) => span.join("-")).join(" ")}`)
      .join("\n"),
  read: (cell) =>
    Object.fromEntries(
      linesOf(cell).map((line) => {
        const [day = "", ...spans] = line.split(/\s+/u);
        const read = spans.map((span) => /^(\d\d:\d\d)[-–](\d\d:\d\d)$/u.exec(span));
        if (!/^[0-6]$/u.test(day) || read.some((span) => !span)) throw new CellError(line);
        return [day, read.map((span): [string, string] => [span![1]!, span![2]!])];
      }),
    ),
};
