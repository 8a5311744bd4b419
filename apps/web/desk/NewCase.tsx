import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type FormEvent } from "react";
import { momentText } from "../ui/time.ts";
import { api } from "./api.ts";
import { CategorySelect } from "./CategorySelect.tsx";
import { useTexts } from "./language.tsx";
import { useCategories } from "./names.ts";
import { placeSent, type Place } from "./place.ts";
import { PlaceField } from "./PlaceField.tsx";
import { QuestionFields, readAnswers } from "./QuestionFields.tsx";

/** What was written, once the writer pauses. */
function useSettled(text: string, ms = 400): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}

function useSuggested(text: string, { lon, lat, area }: Place) {
  const settled = useSettled(text.trim().slice(0, 500));
  const words: Record<string, string> = { text: settled };
  if (lon !== undefined && lat !== undefined) Object.assign(words, { lon: String(lon), lat: String(lat) });
  else if (area) words.area = area;
  return useQuery({
    queryKey: ["suggest", words],
    queryFn: () => api.suggest(words),
    enabled: settled.length >= 2,
    placeholderData: (last) => last,
  }).data;
}

/** What is being written stays in this tab while the clerk looks something up elsewhere at the desk. */
const draftKey = "linge-desk-new-case";

/** A clerk writes down what somebody says on the telephone or at the counter. */
export function NewCase({ onDone }: { onDone: (id: string) => void }) {
  const { t, language } = useTexts();
  const { families, nameOf } = useCategories();
  const [text, keepText] = useState(() => sessionStorage.getItem(draftKey) ?? "");
  const [categoryId, setCategoryId] = useState("");
  const [place, setPlace] = useState<Place>({});
  const [problem, setProblem] = useState("");
  // Made once for the form: pressing the button twice files one case.
  const [ids] = useState(() => ({ id: crypto.randomUUID(), caseId: crypto.randomUUID() }));
  const setText = (words: string): void => {
    keepText(words);
    sessionStorage.setItem(draftKey, words);
  };
  const suggested = useSuggested(text, place);
  const questions =
    families.flatMap(({ categories }) => categories).find((category) => category.id === categoryId)?.questions ?? [];
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string): string => String(form.get(name) ?? "").trim();
    const known = value("name") || value("phone") || value("address");
    const reporter = known && {
      ...(value("name") && { name: value("name") }),
      ...(value("phone") && { phone: value("phone") }),
      ...(value("address") && { address: value("address") }),
      wantsContact: value("phone") !== "" || value("address") !== "",
      reach: value("reach"),
      consent: form.has("consent"),
    };
    try {
      const made = await api.report({
        ...ids,
        kind: value("kind"),
        categoryId,
        text: text.trim(),
        ...placeSent(place),
        answers: readAnswers(questions, form),
        ...(reporter && { reporter }),
      });
      sessionStorage.removeItem(draftKey);
      onDone(made.id);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <main className="middle whole new-case">
      <form className="command" onSubmit={(event) => void send(event)}>
        <h2>{t.newTitle}</h2>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <label>
          {t.whatHappened}
          <textarea
            name="text"
            required
            minLength={2}
            maxLength={4000}
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        {suggested && suggested.categories.length > 0 && (
          <div className="buttons" role="group" aria-label={t.suggestedCategories}>
            <span className="quiet">{t.suggestedCategories}</span>
            {suggested.categories.map(({ id }) => (
              <button key={id} type="button" aria-pressed={categoryId === id} onClick={() => setCategoryId(id)}>
                {nameOf(id)}
              </button>
            ))}
          </div>
        )}
        <label>
          {t.category}
          <CategorySelect name="categoryId" value={categoryId} onChange={setCategoryId} />
        </label>
        <label>
          {t.kind}
          <select name="kind">
            {Object.entries(t.kinds).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <QuestionFields questions={questions} />
        <PlaceField place={place} onPlace={setPlace} />
        <fieldset>
          <legend>{t.caller}</legend>
          <label>
            {t.callerName}
            <input name="name" maxLength={60} autoComplete="off" />
          </label>
          <label>
            {t.callerPhone}
            <input name="phone" type="tel" maxLength={20} pattern="[+\d][\d \-]{4,19}" autoComplete="off" />
          </label>
          <label>
            {t.reachLabel}
            <select name="reach">
              {Object.entries(t.reach).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t.callerAddress}
            <input name="address" maxLength={200} autoComplete="off" />
          </label>
          <label className="tick">
            <input type="checkbox" name="consent" /> {t.consent}
          </label>
        </fieldset>
        <button className="primary">{t.send}</button>
      </form>
      {suggested && suggested.duplicates.length > 0 && (
        <aside className="similar" aria-label={t.similar}>
          <h3>{t.similar}</h3>
          <p className="quiet">{t.similarHint}</p>
          <ul className="plain">
            {suggested.duplicates.map((row) => (
              <li key={row.number}>
                <a className="number" href={`/desk?case=${row.id}`} target="_blank" rel="noreferrer">
                  {row.number}
                </a>{" "}
                <span className="quiet">{momentText(row.reportedAt, language)}</span> {row.text}
              </li>
            ))}
          </ul>
        </aside>
      )}
    </main>
  );
}
