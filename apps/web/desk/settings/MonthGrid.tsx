import type { WorkingCalendar } from "@linge/domain/calendar/workingTime.ts";
import { useSettingsTexts } from "./texts.ts";

/** A usual working day, a usual day off, and the two exceptions. */
export type DayKind = "worked" | "off" | "holiday" | "extra";

function kindOf(calendar: WorkingCalendar, day: string): DayKind {
  if (calendar.holidays.includes(day)) return "holiday";
  if (calendar.workdays.includes(day)) return "extra";
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return calendar.hours[weekday]?.length ? "worked" : "off";
}

type Props = {
  calendar: WorkingCalendar;
  year: number;
  month: number;
  onDay: (day: string, kind: DayKind) => void;
};

/** A month, weeks from Monday; each day says in a word and a shape what it is. */
export function MonthGrid({ calendar, year, month, onDay }: Props) {
  const { t } = useSettingsTexts();
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const before = (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7;
  return (
    <section className="month" aria-label={t.month(year, month + 1)}>
      <h3>{t.months[month]}</h3>
      <div className="grid">
        {[1, 2, 3, 4, 5, 6, 0].map((day) => (
          <span key={day} className="head" aria-hidden="true">
            {t.shortWeekdays[day]}
          </span>
        ))}
        {Array.from({ length: before }, (_, i) => (
          <span key={`before${i}`} />
        ))}
        {Array.from({ length: count }, (_, i) => {
          const day = `${year}-${String(month + 1).padStart(2, "0")}-${String(i + 1).padStart(2, "0")}`;
          const kind = kindOf(calendar, day);
          return (
            <button
              key={day}
              type="button"
              className={kind}
              data-mark={t.dayMarks[kind]}
              aria-label={`${t.month(year, month + 1)}${t.dayName(i + 1)} ${t.dayKinds[kind]}`}
              onClick={() => onDay(day, kind)}
            >
              {i + 1}
            </button>
          );
        })}
      </div>
    </section>
  );
}
