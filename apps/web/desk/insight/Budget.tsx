import { budgets } from "@linge/domain/insight/budget.ts";
import type { Judgement } from "@linge/domain/insight/replaying.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { dayText } from "../../ui/time.ts";
import type { Session } from "../api.ts";
import { insight, type BudgetPage } from "./api.ts";
import { OptionsForm } from "./OptionsForm.tsx";
import { useInsightTexts } from "./texts.ts";
import { Problem, Waiting } from "./Waiting.tsx";

const halfAYear = 182;

/** The one number an operator sets, with what each choice would have brought on the city's own past. */
export function Budget({ session, onReplay }: { session: Session; onReplay: () => void }) {
  const { t, language } = useInsightTexts();
  const page = useQuery({ queryKey: ["budget"], queryFn: insight.budget });
  if (page.isError) return <Problem error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <Waiting />;
  const roles = session.person!.grants.map(({ role }) => role);
  const admin = roles.includes("cityAdmin");
  const words = t.budget;
  const { replayed } = page.data;
  const replay = async (): Promise<void> => {
    await insight.startReplay(halfAYear);
    onReplay();
  };
  return (
    <>
      <h3 className="finding">{words.title}</h3>
      <p className="measure">{words.why}</p>
      {replayed ? (
        <p className="quiet">{words.basis(dayText(replayed.from, language), dayText(replayed.to, language))}</p>
      ) : (
        <p className="hint">
          {words.noReplay} <button onClick={() => void replay()}>{words.replayNow}</button>
        </p>
      )}
      <Choice page={page.data} admin={admin} />
      <Record page={page.data} />
      {admin && <OptionsForm options={page.data.options} />}
    </>
  );
}

function Choice({ page, admin }: { page: BudgetPage; admin: boolean }) {
  const { t } = useInsightTexts();
  const words = t.budget;
  const client = useQueryClient();
  const [chosen, setChosen] = useState(page.perMonth);
  const [said, setSaid] = useState("");
  const of = (perMonth: number): Judgement | undefined =>
    page.replayed?.budgets.find((each) => each.perMonth === perMonth);
  const known = page.replayed?.budgets.some(({ falsePerMonth }) => falsePerMonth !== undefined);
  const save = async (): Promise<void> => {
    try {
      await insight.setBudget(chosen);
      await client.invalidateQueries({ queryKey: ["budget"] });
      await client.invalidateQueries({ queryKey: ["episodes"] });
      setSaid(words.saved);
    } catch (error) {
      setSaid((error as Error).message);
    }
  };
  const offered = [...new Set([...budgets, page.perMonth])].sort((a, b) => a - b);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="scroller" tabIndex={0} role="group" aria-label={words.title}>
        <table className="budgets">
          <thead>
            <tr>
              {Object.values(words.head).map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {offered.map((perMonth) => (
              <Row
                key={perMonth}
                perMonth={perMonth}
                judged={of(perMonth)}
                chosen={chosen === perMonth}
                onChoose={setChosen}
              />
            ))}
          </tbody>
        </table>
      </div>
      {page.replayed && !known && <p className="quiet">{words.unknownHint}</p>}
      <p className="effect" role="status">
        <Effect now={of(page.perMonth)} then={of(chosen)} same={chosen === page.perMonth} />
      </p>
      {admin ? (
        <p>
          <button className="primary" disabled={chosen === page.perMonth}>
            {words.save}
          </button>{" "}
          <span role="status">{said}</span>
        </p>
      ) : (
        <p className="quiet">{words.onlyAdmin}</p>
      )}
    </form>
  );
}

type RowProps = { perMonth: number; judged?: Judgement; chosen: boolean; onChoose: (perMonth: number) => void };

function Row({ perMonth, judged, chosen, onChoose }: RowProps) {
  const { t } = useInsightTexts();
  const words = t.budget;
  const unknown = <span className="quiet">{words.unknown}</span>;
  return (
    <tr className={chosen ? "chosen" : ""}>
      <th scope="row">
        <label>
          <input type="radio" name="budget" checked={chosen} onChange={() => onChoose(perMonth)} />{" "}
          {words.perMonth(perMonth)}
        </label>
      </th>
      <td>{judged ? words.times(judged.alarmsPerMonth.toFixed(1)) : unknown}</td>
      <td className={judged?.falsePerMonth !== undefined && judged.falsePerMonth > perMonth ? "more" : ""}>
        {judged?.falsePerMonth === undefined ? unknown : words.times(judged.falsePerMonth.toFixed(1))}
      </td>
      <td>{judged?.happenings ? words.foundOf(judged.found!, judged.happenings) : unknown}</td>
      <td>{judged?.meanDelay === undefined ? unknown : words.delay(judged.meanDelay.toFixed(1))}</td>
    </tr>
  );
}

/** What a change would do, before it is saved. */
function Effect({ now, then, same }: { now?: Judgement; then?: Judgement; same: boolean }) {
  const { t } = useInsightTexts();
  const words = t.budget;
  if (same) return <>{words.effect.same}</>;
  if (!now || !then) return null;
  const change = then.alarmsPerMonth - now.alarmsPerMonth;
  const told = change >= 0 ? words.effect.more(change.toFixed(1)) : words.effect.less((-change).toFixed(1));
  return (
    <>
      {told}
      {now.found !== undefined && then.found !== undefined && words.foundEffect(now.found, then.found)}
    </>
  );
}

function Record({ page: { record, reallyFalse, perMonth } }: { page: BudgetPage }) {
  const { t } = useInsightTexts();
  const words = t.budget;
  const percent = (share: number): string => `${Math.round(share * 100)}%`;
  return (
    <>
      <h3>{words.record}</h3>
      <p>{words.recordLine(record.real, record.known, record.false, record.undecided)}</p>
      <p>
        {record.precision
          ? words.precision(
              percent(record.precision.share),
              percent(record.precision.interval[0]),
              percent(record.precision.interval[1]),
              record.precision.n,
            )
          : words.precisionFew}
      </p>
      {reallyFalse && record.precision && (
        <p>
          {words.reallyFalse(
            reallyFalse.perMonth.toFixed(1),
            reallyFalse.interval[0].toFixed(1),
            reallyFalse.interval[1].toFixed(1),
            perMonth,
          )}
        </p>
      )}
    </>
  );
}
