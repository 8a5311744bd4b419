import { outcomes } from "@linge/domain/insight/record.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "../api.ts";
import { insight, type ShownEpisode } from "./api.ts";
import { useInsightTexts } from "./texts.ts";

/** What an alarm turned out to be: the answer that makes the next ones better. */
export function Decide({ episode, onDecided }: { episode: ShownEpisode; onDecided: () => Promise<void> }) {
  const { t, language } = useInsightTexts();
  const client = useQueryClient();
  const units = useQuery({ queryKey: ["units"], queryFn: api.units, staleTime: 600_000 });
  const [problem, setProblem] = useState("");
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const owner = String(form.get("owner"));
    try {
      await insight.decide(episode.id, {
        outcome: String(form.get("outcome")),
        note: String(form.get("note")),
        ...(owner && { ownerUnit: owner }),
      });
      await client.invalidateQueries({ queryKey: ["episode", episode.id] });
      await onDecided();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <form className="decide" onSubmit={(event) => void submit(event)}>
      <fieldset>
        <legend>
          {t.alarms.decide}
          {episode.outcome && `（${t.alarms.decided}：${t.alarms.outcomes[episode.outcome]}）`}
        </legend>
        {outcomes.map((value) => (
          <label key={value} className="tick">
            <input type="radio" name="outcome" value={value} required defaultChecked={episode.outcome === value} />{" "}
            <b>{t.alarms.outcomes[value]}</b> <span className="quiet">{t.alarms.outcomeHint[value]}</span>
          </label>
        ))}
      </fieldset>
      <label>
        {t.alarms.note}
        <input name="note" required maxLength={1000} defaultValue={episode.note} />
      </label>
      <label>
        {t.alarms.owner}
        <select name="owner" defaultValue={episode.ownerUnit ?? ""}>
          <option value="">{t.alarms.nobody}</option>
          {units.data?.units.map((unit) => (
            <option key={unit.id} value={unit.id}>
              {unit[language]}
            </option>
          ))}
        </select>
      </label>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <button className="primary">{t.alarms.save}</button>
    </form>
  );
}
