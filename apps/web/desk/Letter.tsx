import { useState } from "react";
import { dayText } from "../ui/time.ts";
import type { CaseView } from "./api.ts";
import { useTexts } from "./language.tsx";
import { LookForm } from "./LookForm.tsx";

type Person = Partial<NonNullable<CaseView["case"]["reporter"]>>;

/** The outcome as a letter, or as what is read out on the telephone. The name and address are asked for with a purpose. */
export function Letter({ view, onClose }: { view: CaseView; onClose: () => void }) {
  const { t, language } = useTexts();
  const [person, setPerson] = useState<Person>();
  const record = view.case;
  if (!person)
    return <LookForm caseId={record.id} onSeen={(seen) => setPerson(seen.reporter ?? {})} onCancel={onClose} />;
  const answer = record.orders.findLast((order) => order.answer)?.answer;
  const { letterTexts } = t;
  const paragraphs = (record.untold ?? []).map(({ key }) =>
    letterTexts.news[key]!({
      answer: answer ?? "",
      reason: record.ended?.reason ?? record.reopening?.decided?.reason ?? "",
      channel: record.ended?.channel ?? "",
      until: dayText(record.dueAt, language),
    }),
  );
  return (
    <section className="letter" aria-label={t.letter}>
      <p>{person.address}</p>
      <p>{letterTexts.greeting(person.name ?? "")}</p>
      <p>{letterTexts.opening(dayText(record.reportedAt, language), record.text, record.number)}</p>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {record.untold?.some(({ key }) => key === "closed") && <p>{letterTexts.closing}</p>}
      <p>{dayText(new Date().toISOString(), language)}</p>
      <button className="no-print" onClick={() => print()}>
        {t.print}
      </button>
    </section>
  );
}
