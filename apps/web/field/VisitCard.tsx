import { conflictsOf } from "@linge/sync/merge/document.ts";
import { DoorOpen } from "lucide-react";
import { dayText } from "../ui/time.ts";
import type { VisitOnPhone } from "./phone/records.ts";
import { usePhone, useTexts } from "./use.tsx";

/** A visit as a line of today's list. */
export function VisitCard({ visit }: { visit: VisitOnPhone }) {
  const { t, language } = useTexts();
  const { state } = usePhone();
  const mine = state.entries.some(({ command }) => command.recordId === visit.id);
  const grid = state.basics.grids.find(({ code }) => code === visit.areaCode)?.[language] ?? visit.areaName?.[language];
  return (
    <li>
      <a className="card" href={`#/visit/${visit.id}`}>
        <b>
          <DoorOpen aria-hidden size={20} /> {visit.values.door}
        </b>
        <span className="when">{visit.values.dueOn && t.visit.due(dayText(visit.values.dueOn, language))}</span>
        {conflictsOf(visit.document).length > 0 && <span className="problem">{t.today.conflict}</span>}
        <span className="quiet">
          {grid}
          {mine && ` · ${t.waiting.waiting}`}
        </span>
      </a>
    </li>
  );
}
