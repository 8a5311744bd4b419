import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "../api.ts";
import { people } from "./api.ts";
import type { Told } from "./People.tsx";
import { usePeopleTexts } from "./texts.ts";

type Props = { onDone: (person: Told) => void; onCancel: () => void };

/** Adds somebody; the first password comes back and is shown once. */
export function NewPerson({ onDone, onCancel }: Props) {
  const { t, language } = usePeopleTexts();
  const [problem, setProblem] = useState("");
  const units = useQuery({ queryKey: ["units"], queryFn: api.units, staleTime: 600_000 });
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [login, name, unitId] = ["login", "name", "unitId"].map((field) => String(form.get(field)).trim());
    try {
      const { password } = await people.add({ login: login!, name: name!, ...(unitId && { unitId }) });
      onDone({ login: login!, password });
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <form className="command" aria-label={t.add} onSubmit={(event) => void submit(event)}>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <label>
        {t.name}
        <input name="name" required maxLength={60} autoComplete="off" autoFocus />
      </label>
      <label>
        {t.login}
        <input name="login" required pattern="[a-z0-9][a-z0-9._\-]{1,39}" autoComplete="off" autoCapitalize="none" />
      </label>
      <label>
        {t.unit}
        <select name="unitId">
          <option value="">{t.none}</option>
          {units.data?.units.map((unit) => (
            <option key={unit.id} value={unit.id}>
              {unit[language]}
            </option>
          ))}
        </select>
      </label>
      <div className="buttons">
        <button className="primary">{t.save}</button>
        <button type="button" onClick={onCancel}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
