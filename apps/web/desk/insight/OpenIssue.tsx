import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "../api.ts";
import { insight, type ShownEpisode } from "./api.ts";
import { useInsightTexts } from "./texts.ts";

type Props = { episode?: ShownEpisode; city?: string; onOpened: (id: string) => void };
const monthMs = 30 * 86_400_000;

/** Makes a problem of the month, from an alarm or by hand: one owner, one date. */
export function OpenIssue({ episode, city, onOpened }: Props) {
  const { t, language } = useInsightTexts();
  const words = t.issues;
  const client = useQueryClient();
  const [problem, setProblem] = useState("");
  const units = useQuery({ queryKey: ["units"], queryFn: api.units, staleTime: 600_000 });
  const categories = useQuery({
    queryKey: ["categories"],
    queryFn: api.categories,
    staleTime: 600_000,
    enabled: !episode,
  });
  const areas = useQuery({
    queryKey: ["areas", city],
    queryFn: () => insight.areas(city!),
    enabled: city !== undefined,
  });
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string): string => String(form.get(name));
    try {
      const { id } = await insight.openIssue({
        title: text("title"),
        streamId: episode?.streamId ?? text("stream"),
        areaCodes: episode ? (episode.focus ? [episode.focus.code] : episode.areaCodes) : [text("area")],
        ownerUnit: text("owner"),
        dueOn: text("dueOn"),
        why: text("why"),
        published: form.has("published"),
        ...(episode && { episodeId: episode.id }),
      });
      await client.invalidateQueries({ queryKey: ["issues"] });
      await client.invalidateQueries({ queryKey: ["episodes"] });
      if (episode) await client.invalidateQueries({ queryKey: ["episode", episode.id] });
      onOpened(id);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <details className="setting">
      <summary>{episode ? t.alarms.toIssue : words.open}</summary>
      <p className="quiet">{t.alarms.issueHint}</p>
      <form className="fields" onSubmit={(event) => void submit(event)}>
        <label>
          {words.name}
          <input name="title" required maxLength={80} placeholder={words.namePlaceholder} />
        </label>
        {!episode && (
          <>
            <label>
              {words.stream}
              <select name="stream" required>
                {categories.data?.categories.map((category) => (
                  <option key={category.id} value={category.id}>
                    {category[language]}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {words.area}
              <select name="area" required>
                {areas.data?.areas.map((area) => (
                  <option key={area.code} value={area.code}>
                    {area[language]}
                  </option>
                ))}
              </select>
            </label>
          </>
        )}
        <label>
          {words.owner}
          <select name="owner" required defaultValue={episode?.ownerUnit}>
            {units.data?.units.map((unit) => (
              <option key={unit.id} value={unit.id}>
                {unit[language]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.dueOn}
          <input
            type="date"
            name="dueOn"
            required
            defaultValue={new Date(Date.now() + monthMs).toISOString().slice(0, 10)}
          />
        </label>
        <label>
          {words.whyLabel}
          <input name="why" required maxLength={1000} />
        </label>
        <label className="tick">
          <input type="checkbox" name="published" defaultChecked /> {words.published}
        </label>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <p>
          <button className="primary">{words.send}</button>
        </p>
      </form>
    </details>
  );
}
