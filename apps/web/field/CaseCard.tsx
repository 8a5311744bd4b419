import { lights } from "../ui/light.ts";
import { dayText } from "../ui/time.ts";
import { lightOf, type CaseOnPhone } from "./phone/records.ts";
import { usePhone, useTexts } from "./use.tsx";

/** A case as a line of today's list. */
export function CaseCard({ record }: { record: CaseOnPhone }) {
  const { t, language } = useTexts();
  const { state } = usePhone();
  const category = state.basics.categories.find(({ id }) => id === record.categoryId);
  const light = lightOf(record, state.basics.calendar);
  const mine = state.entries.some(({ command }) => command.recordId === record.id);
  return (
    <li>
      <a className="card" href={`#/case/${record.id}`}>
        <b>{category?.[language] ?? record.number}</b>
        <span className={`light light-${light}`}>
          {lights[light].shape} {lights[light][language]}
        </span>
        <span className="words">{record.text}</span>
        <span className="quiet">
          {record.place.name ?? record.areaName[language]} · {t.sheet.due} {dayText(record.dueAt, language)}
          {mine && ` · ${t.waiting.waiting}`}
        </span>
      </a>
    </li>
  );
}
