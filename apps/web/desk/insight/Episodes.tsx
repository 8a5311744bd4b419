import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { dayText } from "../../ui/time.ts";
import type { Session } from "../api.ts";
import { insight, type ShownEpisode } from "./api.ts";
import { EpisodeDetail } from "./EpisodeDetail.tsx";
import { useInsightTexts, type InsightTexts } from "./texts.ts";

const rounded = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));

/** An alarm in a sentence that needs no statistics. */
export function sentenceOf(episode: ShownEpisode, t: InsightTexts, language: "zh" | "en"): string {
  const days = Math.round((Date.parse(episode.to) - Date.parse(episode.from)) / 86_400_000) + 1;
  const place = t.place(episode.areas[0]?.[language] ?? "", episode.areas.length - 1);
  const years = episode.recurrence / 365;
  const often =
    years < 2
      ? t.days(Math.round(episode.recurrence))
      : t.years(years > 1000 ? (language === "zh" ? "一千多" : "more than a thousand") : rounded(years));
  return (
    t.sentence(
      days,
      place,
      episode.stream[language],
      episode.observed,
      rounded(episode.expected),
      rounded(episode.ratio),
    ) +
    (language === "zh" ? "" : " ") +
    t.chance(often)
  );
}

/** Alarms, the open ones first; a budget instead of a threshold. */
export function Episodes({ session, onCase }: { session: Session; onCase: (id: string) => void }) {
  const { t, language } = useInsightTexts();
  const client = useQueryClient();
  const [openId, setOpenId] = useState<string>();
  const [busy, setBusy] = useState(false);
  const list = useQuery({ queryKey: ["episodes"], queryFn: insight.episodes });
  const roles = session.person!.grants.map(({ role }) => role);
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ["episodes"] });
  const scan = async (): Promise<void> => {
    setBusy(true);
    try {
      await insight.scan();
      await again();
    } finally {
      setBusy(false);
    }
  };
  if (!list.data) return <p className="quiet">{list.isError ? list.error.message : "…"}</p>;
  const { budget, lastRun, episodes } = list.data;
  const mayScan = roles.some((role) => ["dispatcher", "emergencyAuthority", "cityAdmin"].includes(role));
  return (
    <>
      <p className="row">
        <span className="quiet">{lastRun ? t.lastRun(dayText(lastRun.day, language), lastRun.streams) : t.never}</span>
        <span className="quiet">
          {t.budget}：{t.perMonth(budget)}
        </span>
        {mayScan && (
          <button disabled={busy} onClick={() => void scan()}>
            {busy ? t.scanning : t.scan}
          </button>
        )}
      </p>
      {roles.includes("cityAdmin") && <Budget value={budget} onDone={again} />}
      {episodes.length === 0 && (
        <div className="empty">
          <p>{t.none}</p>
          <p className="quiet">{t.noneHint}</p>
        </div>
      )}
      <ul className="episodes">
        {episodes.map((episode) => (
          <li key={episode.id} className={`episode ${episode.state}`}>
            <p className="row">
              <b>{episode.stream[language]}</b>
              <span className="tag">{t.state[episode.state]}</span>
              {episode.outcome && <span className="tag good">{t.outcomes[episode.outcome]}</span>}
              <span className="quiet">
                {dayText(episode.from, language)} – {dayText(episode.to, language)}
              </span>
            </p>
            <p>{sentenceOf(episode, t, language)}</p>
            <button
              aria-expanded={openId === episode.id}
              onClick={() => setOpenId(openId === episode.id ? undefined : episode.id)}
            >
              {t.map} · {t.decide}
            </button>
            {openId === episode.id && (
              <EpisodeDetail
                id={episode.id}
                mayDecide={roles.some((role) => ["dispatcher", "emergencyAuthority"].includes(role))}
                onCase={onCase}
                onDecided={again}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Budget({ value, onDone }: { value: number; onDone: () => Promise<void> }) {
  const { t } = useInsightTexts();
  const [perMonth, setPerMonth] = useState(value);
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        void insight.setBudget(perMonth).then(onDone);
      }}
    >
      <label>
        {t.budget}{" "}
        <input
          type="number"
          min={0.5}
          max={60}
          step={0.5}
          value={perMonth}
          onChange={(event) => setPerMonth(event.target.valueAsNumber)}
        />
      </label>
      <button>{t.save}</button>
      <span className="quiet">{t.budgetHint}</span>
    </form>
  );
}
