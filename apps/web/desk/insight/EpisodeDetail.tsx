import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { momentText } from "../../ui/time.ts";
import { api } from "../api.ts";
import { insight, type ShownEpisode } from "./api.ts";
import { EpisodeMap } from "./EpisodeMap.tsx";
import { useInsightTexts } from "./texts.ts";

type Props = { id: string; mayDecide: boolean; onCase: (id: string) => void; onDecided: () => Promise<void> };

/** Where, which places drive it, the cases without anybody's name, and what it turned out to be. */
export function EpisodeDetail({ id, mayDecide, onCase, onDecided }: Props) {
  const { t, language } = useInsightTexts();
  const found = useQuery({ queryKey: ["episode", id], queryFn: () => insight.episode(id) });
  if (!found.data) return <p className="quiet">{found.isError ? found.error.message : "…"}</p>;
  const { episode, cases } = found.data;
  return (
    <div className="detail">
      <EpisodeMap episode={episode} />
      <div>
        <h3>{t.drivers}</h3>
        <ul>
          {episode.drivers.map((driver) => (
            <li key={driver.code}>
              {driver[language]}：{t.driver(driver.observed, driver.expected.toFixed(1))}
            </li>
          ))}
        </ul>
        <h3>{t.cases}</h3>
        {cases.length === 0 && <p className="quiet">{t.noCases}</p>}
        <ul className="found-cases">
          {cases.map((row) => (
            <li key={row.id}>
              <button onClick={() => onCase(row.id)}>
                {momentText(row.reportedAt, language)} · {row.areaName[language]} · {row.text}
              </button>
            </li>
          ))}
        </ul>
        {episode.outcome && (
          <p>
            <b>
              {t.decided}：{t.outcomes[episode.outcome]}
            </b>{" "}
            {episode.note} {episode.owner && `· ${t.owner}：${episode.owner[language]}`}
          </p>
        )}
        {mayDecide && <Decide key={episode.decidedAt} episode={episode} onDecided={onDecided} />}
      </div>
    </div>
  );
}

function Decide({ episode, onDecided }: { episode: ShownEpisode; onDecided: () => Promise<void> }) {
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
        <legend>{t.decide}</legend>
        {Object.entries(t.outcomes).map(([value, label]) => (
          <label key={value} className="tick">
            <input type="radio" name="outcome" value={value} required defaultChecked={episode.outcome === value} />{" "}
            {label}
          </label>
        ))}
      </fieldset>
      <label>
        {t.note}
        <input name="note" required maxLength={1000} defaultValue={episode.note} />
      </label>
      <label>
        {t.owner}
        <select name="owner" defaultValue={episode.ownerUnit ?? ""}>
          <option value="">{t.nobody}</option>
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
      <button className="primary">{t.save}</button>
    </form>
  );
}
