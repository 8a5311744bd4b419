import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { dayText } from "../../ui/time.ts";
import type { Session } from "../api.ts";
import { insight, type LastReplay } from "./api.ts";
import { ReplayResult } from "./ReplayResult.tsx";
import { useInsightTexts } from "./texts.ts";
import { Problem, Waiting } from "./Waiting.tsx";

const operators = ["dispatcher", "emergencyAuthority", "cityAdmin"];

/** Early warning judged by the city's own past. */
export function Replay({ session }: { session: Session }) {
  const { t } = useInsightTexts();
  const client = useQueryClient();
  const [days, setDays] = useState(182);
  const page = useQuery({
    queryKey: ["replay"],
    queryFn: insight.replay,
    refetchInterval: ({ state }) => (state.data?.running ? 1500 : false),
  });
  if (page.isError) return <Problem error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <Waiting />;
  const { running, problem, budget, last } = page.data;
  const may = session.person!.grants.some(({ role }) => operators.includes(role));
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ["replay"] });
  return (
    <>
      <p className="measure">{t.replay.why}</p>
      {may && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            void insight.startReplay(days).then(again);
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
          <button disabled={running !== undefined}>{t.replay.go}</button>
        </form>
      )}
      {running && (
        <Running
          done={running.done}
          of={running.of}
          onStop={may ? () => void insight.stopReplay().then(again) : undefined}
        />
      )}
      {problem && <p className="problem">{t.replay.failed(problem)}</p>}
      {last ? <Chosen last={last} budget={budget} /> : !running && <None />}
    </>
  );
}

function None() {
  const { t } = useInsightTexts();
  return (
    <div className="empty">
      <p>{t.replay.none}</p>
      <p className="quiet">{t.replay.noneHint}</p>
    </div>
  );
}

function Running({ done, of, onStop }: { done: number; of: number; onStop?: () => void }) {
  const { t } = useInsightTexts();
  const percent = of ? Math.floor((100 * done) / of) : 0;
  return (
    <p className="row" role="status">
      <progress value={done} max={of || 1} aria-label={t.replay.running(percent)} />
      <span>{t.replay.running(percent)}</span>
      {onStop && (
        <button type="button" onClick={onStop}>
          {t.replay.stop}
        </button>
      )}
    </p>
  );
}

/** The result for one budget after the other; at first the one in force. */
function Chosen({ last, budget }: { last: LastReplay; budget: number }) {
  const { t, language } = useInsightTexts();
  const offered = last.budgets.map(({ judgement }) => judgement.perMonth);
  const nearest = offered.reduce((best, each) => (Math.abs(each - budget) < Math.abs(best - budget) ? each : best));
  const [chosen, setChosen] = useState(nearest);
  return (
    <>
      <p className="row">
        <label>
          {t.replay.budget}{" "}
          <select value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
            {offered.map((perMonth) => (
              <option key={perMonth} value={perMonth}>
                {t.budget.perMonth(perMonth)}
              </option>
            ))}
          </select>
        </label>
        <span className="quiet">
          {t.replay.period(dayText(last.from, language), dayText(last.to, language), last.days)}
          {last.looks && `；${t.replay.looks(last.looks.where, last.looks.howMuch)}`}
        </span>
        <a href="/api/insight/replay.csv" download>
          {t.replay.csv}
        </a>
        <button onClick={() => window.print()}>{t.replay.print}</button>
      </p>
      <ReplayResult last={last} chosen={chosen} />
    </>
  );
}
