import type { Category } from "../category/category.ts";
import type { Around } from "./check.ts";
import { checkTarget } from "./checkRules.ts";
import type { Report } from "./rows.ts";

/** Families, kinds of unit, calendars and questions that categories name must be there. */
export function checkCategories(rows: Category[], around: Around, report: Report): void {
  const families = new Set(around.families.map(({ id }) => id));
  const kinds = new Set(around.units.map(({ kind }) => kind));
  const calendars = new Set(around.calendars.map(({ id }) => id));
  rows.forEach((row, i) => {
    const say = report.bind(null, i + 1, row.id);
    const family = row.id.split(".")[0]!;
    if (row.id && !families.has(family)) say("id", "unknownFamily", { value: family });
    for (const kind of [row.leadKind, ...row.assistKinds])
      if (kind && !kinds.has(kind)) say("leadKind", "unknownKind", { value: kind });
    if (row.calendarId && !calendars.has(row.calendarId))
      say("calendarId", "unknownCalendar", { value: row.calendarId });
    const { promise, contactWithin } = row;
    if (promise.unit === contactWithin.unit && contactWithin.amount > promise.amount)
      say("contactWithin", "contactAfterPromise");
    for (const question of row.questions) {
      if (!question.id || !question.zh || !question.en) say("questions", "empty");
      if (question.kind === "choice" && (question.choices?.length ?? 0) < 2)
        say("questions", "choicesNeeded", { value: question.zh });
    }
    for (const { area, lead, assist } of row.perArea ?? []) {
      if (!around.hasArea(area)) say("perArea", "unknownArea", { value: area });
      for (const target of [lead, ...assist]) checkTarget(target, "perArea", around, say);
    }
  });
}
