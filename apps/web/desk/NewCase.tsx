import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "./api.ts";
import { useTexts } from "./language.tsx";

/** A clerk writes down what somebody says on the phone or at the counter. */
export function NewCase({ onDone }: { onDone: (id: string) => void }) {
  const { t, language } = useTexts();
  const categories = useQuery({ queryKey: ["categories"], queryFn: api.categories, staleTime: 600_000 });
  const [problem, setProblem] = useState("");
  // Made once for the form: pressing the button twice files one case.
  const [ids] = useState(() => ({ id: crypto.randomUUID(), caseId: crypto.randomUUID() }));
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string): string => String(form.get(name) ?? "").trim();
    const place = value("place") ? { name: value("place") } : { unknown: true };
    const reporter =
      value("name") || value("phone")
        ? {
            ...(value("name") && { name: value("name") }),
            ...(value("phone") && { phone: value("phone") }),
            wantsContact: value("phone") !== "",
            consent: form.has("consent"),
          }
        : undefined;
    try {
      const made = await api.report({
        ...ids,
        kind: value("kind"),
        categoryId: value("categoryId"),
        text: value("text"),
        place,
        reporter,
      });
      onDone(made.id);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <main className="middle whole">
      <form className="command" onSubmit={(event) => void send(event)}>
        <h2>{t.newTitle}</h2>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <label>
          {t.field.text}
          <textarea name="text" required minLength={2} maxLength={4000} autoFocus />
        </label>
        <label>
          {t.category}
          <select name="categoryId" required>
            {categories.data?.categories.map((category) => (
              <option key={category.id} value={category.id}>
                {category[language]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.kinds.help} / {t.kinds.complaint}
          <select name="kind">
            {Object.entries(t.kinds).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.place}
          <input name="place" maxLength={200} />
        </label>
        <label>
          {t.callerName}
          <input name="name" maxLength={60} />
        </label>
        <label>
          {t.callerPhone}
          <input name="phone" type="tel" maxLength={20} pattern="[+\d][\d \-]{4,19}" />
        </label>
        <label className="tick">
          <input type="checkbox" name="consent" /> {t.consent}
        </label>
        <button className="primary">{t.send}</button>
      </form>
    </main>
  );
}
