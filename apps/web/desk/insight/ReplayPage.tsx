import { parents, type ParentId } from "@linge/domain/category/parents.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { dayText } from "../../ui/time.ts";
import { api } from "../api.ts";
import { insight, type Replay } from "./api.ts";
import { useInsightTexts } from "./texts.ts";

/** Early warning judged by the city's own past. */
export function ReplayPage() {
  const { t } = useInsightTexts();
  const client = useQueryClient();
  const [days, setDays] = useState(60);
  const [budget, setBudget] = useState(4);
  const answer = useQuery({
    queryKey: ["replay"],
    queryFn: insight.replay,
    refetchInterval: ({ state }) => (state.data?.running ? 1000 : false),
  });
  const running = answer.data?.running;
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ["replay"] });
  return (
    <>
      <p>{t.replay.why}</p>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void insight.startReplay(days, budget).then(again);
        }}
      >
        <label>
          {t.replay.days}{" "}
          <input
            type="number"
            min={7}
            max={1096}
            value={days}
            onChange={(event) => setDays(event.target.valueAsNumber)}
          />
        </label>
        <label>
          {t.replay.budget}{" "}
          <input
            type="number"
            min={0.5}
            max={60}
            step={0.5}
            value={budget}
            onChange={(event) => setBudget(event.target.valueAsNumber)}
          />
        </label>
        <button disabled={running !== undefined}>{t.replay.go}</button>
        {running && (
          <>
            <progress value={running.done} max={running.of} aria-label={t.replay.running(running.done, running.of)} />
            <span role="status">{t.replay.running(running.done, running.of)}</span>
            <button type="button" onClick={() => void insight.stopReplay().then(again)}>
              {t.replay.stop}
            </button>
          </>
        )}
      </form>
      {answer.data?.last ? <Result result={answer.data.last} /> : <p className="empty">{t.replay.none}</p>}
    </>
  );
}

function Result({ result }: { result: Replay }) {
  const { t, language } = useInsightTexts();
  const categories = useQuery({ queryKey: ["categories"], queryFn: api.categories, staleTime: 600_000 });
  const nameOf = (id: string): string =>
    (categories.data?.categories.find((each) => each.id === id) ?? parents[id as ParentId])?.[language] ?? id;
  const found = result.events?.filter(({ foundOn }) => foundOn) ?? [];
  const delay = found.reduce((sum, { delayDays }) => sum + (delayDays ?? 0), 0) / Math.max(1, found.length);
  return (
    <>
      <p>
        <b>
          {t.replay.summary(
            dayText(result.from, language),
            dayText(result.to, language),
            result.alarmsPerMonth.toFixed(1),
            result.budget,
          )}
        </b>
      </p>
      {result.events && (
        <p>
          {t.replay.truth(found.length, result.events.length, delay.toFixed(1), (result.falsePerMonth ?? 0).toFixed(1))}
        </p>
      )}
      <Plot result={result} />
      <table>
        <tbody>
          {result.events?.map((event) => (
            <tr key={event.id}>
              <th scope="row">
                {t.replay.event[event.kind]} · {event.categoryIds.slice(0, 2).map(nameOf).join("、")}
              </th>
              <td>{dayText(event.from, language)}</td>
              <td>{event.cases}</td>
              <td>{event.foundOn ? `✓ ${t.replay.found(event.delayDays ?? 0)}` : `✗ ${t.replay.missed}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{t.replay.alarms}</h3>
      <table>
        <tbody>
          {result.episodes.map((episode, i) => (
            <tr key={i}>
              <th scope="row">{nameOf(episode.streamId)}</th>
              <td>{dayText(episode.openedOn, language)}</td>
              <td>
                {episode.observed} / {episode.expected.toFixed(1)}
              </td>
              <td>{episode.event ? "✓" : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Days from left to right: what happened as bars, alarms as dots, those that match nothing hollow. */
function Plot({ result }: { result: Replay }) {
  const { t, language } = useInsightTexts();
  const [from, to] = [Date.parse(result.from), Date.parse(result.to)];
  const x = (day: string): number => (600 * (Date.parse(day) - from)) / Math.max(1, to - from);
  return (
    <figure className="trend">
      <figcaption>{t.replay.plot}</figcaption>
      <svg viewBox="-10 0 620 90" role="img" aria-label={t.replay.plot}>
        {result.events?.map((event) => (
          <rect key={event.id} x={x(event.from)} y="10" width="16" height="26" className={event.kind}>
            <title>{`${t.replay.event[event.kind]} ${dayText(event.from, language)}`}</title>
          </rect>
        ))}
        {result.episodes.map((episode, i) => (
          <circle key={i} cx={x(episode.openedOn)} cy="52" r="5" className={episode.event ? "match" : "lone"} />
        ))}
        <line x1="0" x2="600" y1="66" y2="66" className="axis" />
        <text x="0" y="84">
          {dayText(result.from, language)}
        </text>
        <text x="600" y="84" textAnchor="end">
          {dayText(result.to, language)}
        </text>
      </svg>
    </figure>
  );
}
