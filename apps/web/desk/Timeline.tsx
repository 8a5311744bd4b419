import { momentText } from "../ui/time.ts";
import type { CaseView } from "./api.ts";
import { deskEvents } from "./events.ts";
import { useTexts } from "./language.tsx";
import { useCategories, useUnits } from "./names.ts";

type Event = CaseView["timeline"][number];

/** What an event carries, in words; nothing of ids. */
function useDetail(): (event: Event) => string {
  const { t, language } = useTexts();
  const units = useUnits();
  const categories = useCategories();
  return ({ type, data }) => {
    const words = data as Record<string, string | undefined>;
    const said = [words.reason, words.answer, words.note, words.text, words.comment].filter(Boolean);
    const verdict = Object.keys(t.verdicts).find((key) => key in data);
    if (verdict) said.unshift(t.verdicts[verdict]![data[verdict] ? 0 : 1]);
    if (type === "dispatched") said.unshift(units.nameOf(String(data.lead)));
    if (type === "categoryCorrected")
      said.unshift(`${categories.nameOf(words.from!)} → ${categories.nameOf(words.to!)}`);
    if (type === "informed") said.unshift(t.how[words.how!]!);
    if (words.into || words.number) said.unshift((words.into ?? words.number)!);
    if (words.until) said.push(momentText(words.until, language));
    return said.join(" · ");
  };
}

/** What happened, newest first, with who did it. */
export function Timeline({ view }: { view: CaseView }) {
  const { t, language } = useTexts();
  const { nameOf } = useUnits();
  const detail = useDetail();
  const who = ({ unitId, actorRole }: Event): string => (unitId ? nameOf(unitId) : (t.role[actorRole] ?? actorRole));
  return (
    <ol className="history" reversed>
      {view.timeline.toReversed().map((event) => (
        <li key={event.id} className={event.visible === "staff" ? "internal" : undefined}>
          <time dateTime={event.at}>{momentText(event.at, language)}</time>{" "}
          <strong>{deskEvents[language][event.type] ?? event.type}</strong>
          <span className="quiet"> · {who(event)}</span>
          {detail(event) && <p>{detail(event)}</p>}
        </li>
      ))}
    </ol>
  );
}
