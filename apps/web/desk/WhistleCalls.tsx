import type { CaseRecord } from "@linge/domain/case/record.ts";
import { momentText } from "../ui/time.ts";
import { useTexts } from "./language.tsx";
import { useUnits } from "./names.ts";

/** Who was called where, and who comes. */
export function WhistleCalls({ record }: { record: CaseRecord }) {
  const { t, language } = useTexts();
  const { nameOf } = useUnits();
  if (record.whistleCalls.length === 0) return null;
  const answer = (coming: boolean | undefined): string =>
    coming === undefined ? t.notAnswered : coming ? t.comes : t.comesNot;
  return (
    <>
      <h3>{t.queue.whistleCalls}</h3>
      {record.whistleCalls.map((call) => (
        <div key={call.id} className="call">
          <p>
            {momentText(call.meetAt, language)} · {call.place} · {call.reason}
          </p>
          <ul className="plain">
            {call.units.map((unit) => (
              <li key={unit.unitId}>
                {nameOf(unit.unitId)} · <strong>{answer(unit.coming)}</strong>
                {unit.note && <span className="quiet"> · {unit.note}</span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
