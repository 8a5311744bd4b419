import { dayText } from "../ui/time.ts";
import { today } from "./today.ts";
import { useTexts } from "./use.tsx";

const steps = [1, 3, 7, 14, 30];

const dayAfter = (days: number): string =>
  new Date(Date.parse(`${today()}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** A day by one tap: tomorrow, in three days, in a week … A second tap takes it back. */
export function DayPicker({ label, day, onDay }: { label: string; day: string; onDay: (day: string) => void }) {
  const { t, language } = useTexts();
  return (
    <fieldset>
      <legend>{label}</legend>
      <div className="chips">
        {steps.map((days) => {
          const each = dayAfter(days);
          return (
            <button
              key={days}
              type="button"
              aria-pressed={day === each}
              onClick={() => onDay(day === each ? "" : each)}
            >
              {t.visit.inDays[days]} · {dayText(each, language)}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
