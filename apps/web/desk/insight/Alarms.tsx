import { alarmSentence } from "@linge/domain/insight/words.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { dayText } from "../../ui/time.ts";
import type { Session } from "../api.ts";
import { AlarmDetail } from "./AlarmDetail.tsx";
import { insight, type EpisodeList, type ShownEpisode } from "./api.ts";
import { AlarmMap } from "./map/AlarmMap.tsx";
import { useInsightTexts } from "./texts.ts";
import { Problem, Waiting } from "./Waiting.tsx";

const mayScan = ["dispatcher", "emergencyAuthority", "cityAdmin"];
const mayDecide = ["dispatcher", "emergencyAuthority"];
type Props = { session: Session; onCase: (id: string) => void; onIssue: (id: string) => void };

/** Map first, the same as a list beside it, three numbers that matter above both. */
export function Alarms({ session, onCase, onIssue }: Props) {
  const client = useQueryClient();
  const [chosenId, setChosenId] = useState<string>();
  const list = useQuery({
    queryKey: ["episodes"],
    queryFn: insight.episodes,
    refetchInterval: ({ state }) => (state.data?.running ? 1500 : false),
  });
  if (list.isError) return <Problem error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  const { episodes } = list.data;
  const open = episodes.filter(({ state }) => state !== "closed");
  const past = episodes.filter(({ state }) => state === "closed");
  const roles = session.person!.grants.map(({ role }) => role);
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ["episodes"] });
  const cards = (some: ShownEpisode[]) =>
    some.map((episode) => (
      <li key={episode.id} className={`alarm ${episode.state}${chosenId === episode.id ? " chosen" : ""}`}>
        <Card episode={episode} chosen={chosenId === episode.id} onChoose={setChosenId} />
        {chosenId === episode.id && (
          <AlarmDetail
            id={episode.id}
            mayDecide={roles.some((role) => mayDecide.includes(role))}
            onCase={onCase}
            onIssue={onIssue}
            onDecided={again}
          />
        )}
      </li>
    ));
  return (
    <>
      <Numbers list={list.data} />
      <Said list={list.data} mayScan={roles.some((role) => mayScan.includes(role))} onScan={again} />
      <div className="alarms">
        <AlarmMap
          city={session.city.code}
          episodes={open}
          chosen={episodes.find(({ id }) => id === chosenId)}
          onChoose={setChosenId}
        />
        <div>
          {open.length === 0 && <Quiet />}
          <ul className="alarm-list">{cards(open)}</ul>
          {past.length > 0 && <Past count={past.length}>{cards(past)}</Past>}
        </div>
      </div>
    </>
  );
}

function Quiet() {
  const { t } = useInsightTexts();
  return (
    <div className="empty">
      <p>{t.alarms.none}</p>
      <p className="quiet">{t.alarms.noneHint}</p>
    </div>
  );
}

function Past({ count, children }: { count: number; children: React.ReactNode }) {
  const { t } = useInsightTexts();
  return (
    <details className="past">
      <summary>
        {t.alarms.past}（{count}）
      </summary>
      <ul className="alarm-list">{children}</ul>
    </details>
  );
}

function Card({
  episode,
  chosen,
  onChoose,
}: {
  episode: ShownEpisode;
  chosen: boolean;
  onChoose: (id?: string) => void;
}) {
  const { t, language } = useInsightTexts();
  return (
    <button className="card" aria-expanded={chosen} onClick={() => onChoose(chosen ? undefined : episode.id)}>
      <span className="card-head">
        <b>{episode.stream[language]}</b>
        <span className={`tag ${episode.state}`}>{t.alarms.state[episode.state]}</span>
        {episode.outcome && <span className="tag good">{t.alarms.outcomes[episode.outcome]}</span>}
        {episode.issueId && <span className="tag sea">{t.alarms.isIssue}</span>}
        <span className="quiet">{t.alarms.days(dayText(episode.from, language), dayText(episode.to, language))}</span>
      </span>
      <span className="said-plainly">{alarmSentence(episode, language)}</span>
    </button>
  );
}

/** Three numbers that matter. */
function Numbers({ list: { episodes, record } }: { list: EpisodeList }) {
  const { t } = useInsightTexts();
  const open = episodes.filter(({ state }) => state !== "closed");
  const judged = record.real + record.false + record.known;
  return (
    <dl className="numbers">
      <div>
        <dd>{open.filter(({ outcome }) => !outcome).length}</dd>
        <dt>{t.alarms.toJudge}</dt>
      </div>
      <div>
        <dd>{open.length}</dd>
        <dt>{t.alarms.going}</dt>
      </div>
      <div>
        <dd>{record.precision ? `${Math.round(record.precision.share * 100)}%` : "–"}</dd>
        <dt>{record.precision ? t.alarms.right : t.alarms.notEnough(judged)}</dt>
      </div>
    </dl>
  );
}

/** How far it looked, what it can and cannot say, and the button to look again. */
function Said({ list, mayScan: may, onScan }: { list: EpisodeList; mayScan: boolean; onScan: () => Promise<void> }) {
  const { t, language } = useInsightTexts();
  const { lastRun, running, problem, history } = list;
  const scan = async (): Promise<void> => {
    await insight.scan();
    await onScan();
  };
  return (
    <>
      <p className="row quiet">
        <span>{lastRun ? t.alarms.lastRun(dayText(lastRun.day, language)) : t.alarms.never}</span>
        <span>{t.alarms.budget(list.budget)}</span>
        {running ? (
          <span role="status">{t.alarms.scanning(running.done, running.of)}</span>
        ) : (
          may && <button onClick={() => void scan()}>{t.alarms.scan}</button>
        )}
        <a href="/api/insight/episodes.csv" download>
          {t.alarms.csv}
        </a>
      </p>
      {problem && <p className="problem">{t.alarms.failed(problem)}</p>}
      {history.where !== "ready" && (
        <p className="hint">
          {history.where === "hint" ? t.alarms.hint(history.days) : t.alarms.tooShort(history.days)}{" "}
          {t.alarms.series[history.howMuch]}
        </p>
      )}
    </>
  );
}
