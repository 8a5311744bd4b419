import type { CaseEvent } from "@linge/domain/case/event.ts";
import { momentText } from "../../ui/time.ts";
import type { Language } from "../model.ts";
import { portalTexts } from "../texts.ts";

/** What people wrote with a step: reasons, answers, notes; never names. */
function words(event: CaseEvent): string {
  const { reason, answer, note, text, comment } = event.data as Record<string, string | undefined>;
  return [reason, answer, note, text, comment].filter(Boolean).join(" ");
}

type Props = { events: CaseEvent[]; language: Language; unitNames: Record<string, string> };

/** What happened, the latest first: that is what people come back for. */
export function History({ events, language, unitNames }: Props) {
  const t = portalTexts[language];
  return (
    <ol className="history" reversed>
      {events.toReversed().map((event) => (
        <li key={event.id}>
          <p>
            {t.events[event.type] ?? event.type}
            {event.unitId && unitNames[event.unitId] ? ` · ${unitNames[event.unitId]}` : ""}
          </p>
          {words(event) && <p className="hint">{words(event)}</p>}
          <time dateTime={event.at}>{momentText(event.at, language)}</time>
        </li>
      ))}
    </ol>
  );
}
