import { oftenWords, rounded } from "@linge/domain/insight/words.ts";
import { useQuery } from "@tanstack/react-query";
import { caseLabels } from "@linge/domain/case/labels.ts";
import { dayText, momentText } from "../../ui/time.ts";
import { insight, type EpisodePage, type ShownEpisode } from "./api.ts";
import { DayBars } from "./charts/DayBars.tsx";
import { Decide } from "./Decide.tsx";
import { OpenIssue } from "./OpenIssue.tsx";
import { useInsightTexts } from "./texts.ts";
import { Problem, Waiting } from "./Waiting.tsx";

/** More are not listed; the number above says how many there are. */
const mostListed = 100;

type Props = {
  id: string;
  mayDecide: boolean;
  onCase: (id: string) => void;
  onIssue: (id: string) => void;
  onDecided: () => Promise<void>;
};

/** Everything behind an alarm: figures, days, places, cases without anybody's name, and what it turned out to be. */
export function AlarmDetail({ id, mayDecide, onCase, onIssue, onDecided }: Props) {
  const { t } = useInsightTexts();
  const found = useQuery({ queryKey: ["episode", id], queryFn: () => insight.episode(id) });
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  const { episode } = found.data;
  return (
    <div className="detail">
      <Figures episode={episode} />
      <Days page={found.data} />
      <Drivers episode={episode} />
      <Cases page={found.data} onCase={onCase} />
      <History page={found.data} />
      {mayDecide && <Decide key={episode.decidedAt ?? "open"} episode={episode} onDecided={onDecided} />}
      {episode.issueId ? (
        <p>
          <button onClick={() => onIssue(episode.issueId!)}>{t.alarms.seeIssue}</button>
        </p>
      ) : (
        mayDecide && <OpenIssue episode={episode} onOpened={onIssue} />
      )}
      <p>
        <button onClick={() => window.print()}>{t.alarms.print}</button>
      </p>
    </div>
  );
}

function Figures({ episode }: { episode: ShownEpisode }) {
  const { t, language } = useInsightTexts();
  const words = t.alarms;
  const { runnerUp } = episode;
  const often = (days: number): string => oftenWords(days, language);
  return (
    <dl className="facts">
      <dt>{words.observed}</dt>
      <dd>{words.pieces(episode.observed)}</dd>
      <dt>{words.expected[episode.tool]}</dt>
      <dd>{words.pieces(rounded(episode.expected))}</dd>
      <dt>{words.ratio}</dt>
      <dd>{episode.expected < 0.5 ? words.hardly : words.times(rounded(episode.ratio))}</dd>
      <dt>{words.chance}</dt>
      <dd>
        {words.chanceValue(often(episode.rarity))}
        <span className="quiet">
          {" "}
          （{words.ownChance}：{often(episode.recurrence)}）
        </span>
      </dd>
      <dt>{words.second}</dt>
      <dd>
        {runnerUp
          ? words.secondValue(
              runnerUp.areas[0]?.[language] ?? "",
              runnerUp.areas.length - 1,
              runnerUp.observed,
              rounded(runnerUp.expected),
            )
          : words.noSecond}
      </dd>
      <dt>{words.method}</dt>
      <dd>{words.methods[episode.method]}</dd>
    </dl>
  );
}

function Days({ page: { episode, days } }: { page: EpisodePage }) {
  const { t, language } = useInsightTexts();
  const inside = days.filter(({ day }) => day >= episode.from && day <= episode.to);
  const before = days.filter(({ day }) => day < episode.from);
  const sum = (some: { count: number }[]): number => some.reduce((total, { count }) => total + count, 0);
  const usual = (sum(before) / Math.max(1, before.length)) * inside.length;
  return (
    <DayBars
      title={t.alarms.plot(sum(inside), inside.length, rounded(usual))}
      axis={t.alarms.plotAxis}
      days={days.map(({ day, count }) => ({ day, count, strong: day >= episode.from }))}
      label={(day) => (day ? dayText(day, language) : "")}
    />
  );
}

function Drivers({ episode }: { episode: ShownEpisode }) {
  const { t, language } = useInsightTexts();
  return (
    <>
      <h3>{t.alarms.drivers}</h3>
      <ul>
        {episode.drivers.map((driver) => (
          <li key={driver.code}>
            {driver[language]}：{t.alarms.driver(driver.observed, rounded(driver.expected))}
          </li>
        ))}
      </ul>
    </>
  );
}

function Cases({ page: { cases, episode }, onCase }: { page: EpisodePage; onCase: (id: string) => void }) {
  const { t, language } = useInsightTexts();
  return (
    <>
      <h3>{t.alarms.cases(cases.length, cases.length === mostListed ? episode.observed : cases.length)}</h3>
      <p className="quiet">{cases.length ? t.alarms.casesHint : t.alarms.noCases}</p>
      <ul className="found-cases">
        {cases.map((row) => (
          <li key={row.id}>
            <button onClick={() => onCase(row.id)}>
              <span className="number">{row.number}</span> <span>{momentText(row.reportedAt, language)}</span>{" "}
              <span>{row.areaName[language]}</span>{" "}
              <span className="quiet">{caseLabels[language].state[row.state]}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function History({ page: { history } }: { page: EpisodePage }) {
  const { t, language } = useInsightTexts();
  return (
    <>
      <h3>{t.alarms.history}</h3>
      <ul className="history">
        {history.map(({ type, at, data }, i) => (
          <li key={i}>
            <time dateTime={at}>{momentText(at, language)}</time>
            {t.alarms.event[type]}
            {data.observed !== undefined && ` · ${t.alarms.pieces(data.observed)}`}
            {data.outcome && ` · ${t.alarms.outcomes[data.outcome]}`}
            {data.note && ` · ${data.note}`}
          </li>
        ))}
      </ul>
    </>
  );
}
