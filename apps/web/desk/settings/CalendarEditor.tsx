import type { WorkingCalendar } from "@linge/domain/calendar/workingTime.ts";
import { useState } from "react";
import { TextField } from "./fields.tsx";
import { MonthGrid, type DayKind } from "./MonthGrid.tsx";
import type { EditorProps } from "./RowEditor.tsx";
import { useSettingsTexts } from "./texts.ts";

type Hours = WorkingCalendar["hours"];

const written = (spans: [string, string][] = []): string => spans.map((span) => span.join("-")).join("  ");
const read = (text: string): [string, string][] =>
  [...text.matchAll(/(\d{1,2}:\d\d)\s*[-–~至到]\s*(\d{1,2}:\d\d)/g)].map(([, from, to]) => [
    from!.padStart(5, "0"),
    to!.padStart(5, "0"),
  ]);

/** Hours of one weekday; read when the field is left, so that they can be typed. */
function DayHours({
  name,
  spans,
  onSpans,
}: {
  name: string;
  spans: Hours[string];
  onSpans: (spans: Hours[string]) => void;
}) {
  const { t } = useSettingsTexts();
  const [typed, setTyped] = useState(written(spans));
  return (
    <label className="day-hours">
      {name}
      <input
        value={typed}
        placeholder={t.dayOff}
        aria-label={name}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          onSpans(read(typed));
          setTyped(written(read(typed)));
        }}
      />
    </label>
  );
}

/** What a day becomes when it is pressed: a usual weekday may be off, a usual weekend may be worked. */
function pressed(calendar: WorkingCalendar, day: string, kind: DayKind): WorkingCalendar {
  const without = (days: string[]): string[] => days.filter((each) => each !== day);
  const sorted = (days: string[]): string[] => [...new Set([...days, day])].sort();
  const [holidays, workdays] = [without(calendar.holidays), without(calendar.workdays)];
  if (kind === "worked") return { ...calendar, holidays: sorted(holidays), workdays };
  if (kind === "off") return { ...calendar, holidays, workdays: sorted(workdays) };
  return { ...calendar, holidays, workdays };
}

/** A working calendar: the hours of a week, and a year of days to press. */
export function CalendarEditor({ row, isNew, onRow }: EditorProps<WorkingCalendar>) {
  const { t } = useSettingsTexts();
  const [year, setYear] = useState(() => new Date().getFullYear());
  const days = new Set([...row.holidays, ...row.workdays].map((day) => day.slice(0, 4)));
  return (
    <>
      {isNew && <TextField label={t.id} value={row.id} onValue={(id) => onRow({ ...row, id })} />}
      <fieldset className="hours">
        <legend>{t.hours}</legend>
        {[1, 2, 3, 4, 5, 6, 0].map((day) => (
          <DayHours
            key={day}
            name={t.weekdays[day]!}
            spans={row.hours[day] ?? []}
            onSpans={(spans) => onRow({ ...row, hours: { ...row.hours, [day]: spans } })}
          />
        ))}
      </fieldset>
      <div className="year">
        <button type="button" aria-label={t.yearBefore} onClick={() => setYear(year - 1)}>
          ←
        </button>
        <strong>{year}</strong>
        <button type="button" aria-label={t.yearAfter} onClick={() => setYear(year + 1)}>
          →
        </button>
        <span className="quiet">{t.calendarHint}</span>
      </div>
      {!days.has(String(year)) && <p className="effect">{t.noHolidays(year)}</p>}
      <div className="months">
        {Array.from({ length: 12 }, (_, month) => (
          <MonthGrid
            key={month}
            calendar={row}
            year={year}
            month={month}
            onDay={(day, kind) => onRow(pressed(row, day, kind))}
          />
        ))}
      </div>
    </>
  );
}
