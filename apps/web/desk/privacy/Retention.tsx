import { privacyLabels } from "@linge/domain/privacy/labels.ts";
import { retentionKeys, type RetentionRun } from "@linge/domain/privacy/retention.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { momentText } from "../../ui/time.ts";
import { useTexts } from "../language.tsx";
import { privacy, type RetentionState } from "./api.ts";
import { Holds } from "./Holds.tsx";
import { RetentionForm } from "./RetentionForm.tsx";
import { usePrivacyTexts } from "./texts.ts";

const sum = (counts: RetentionRun["counts"]): number => Object.values(counts).reduce((all, n) => all + n, 0);

/** The retention table, what has had its time, and the button that lets it go. */
export function Retention({ mayRun, maySet }: { mayRun: boolean; maySet: boolean }) {
  const { t } = usePrivacyTexts();
  const client = useQueryClient();
  const found = useQuery({ queryKey: ["retention"], queryFn: privacy.retention });
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState("");
  const keep = (state: RetentionState): void => void client.setQueryData(["retention"], state);
  const run = async (dry: boolean): Promise<void> => {
    setWorking(true);
    try {
      keep(await privacy.run(dry));
      // What is left is counted anew, so that the page does not show what has gone.
      if (!dry) keep(await privacy.run(true));
      setProblem("");
    } catch (error) {
      setProblem((error as Error).message);
    }
    setWorking(false);
  };
  if (!found.data) return <p className="quiet">{found.isError ? found.error.message : "…"}</p>;
  const state = found.data;
  const seen = state.runs.find(({ dry, finishedAt }) => dry && finishedAt);
  return (
    <>
      <p className="quiet">{t.retention.hint}</p>
      <Table state={state} seen={seen} />
      {mayRun && <Buttons seen={seen} working={working} onRun={run} />}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {maySet && <RetentionForm key={state.settings.version} state={state} onSaved={keep} />}
      <Holds holds={state.holds} mayPlace={mayRun} onChanged={keep} />
      <Runs runs={state.runs} />
    </>
  );
}

function Table({ state, seen }: { state: RetentionState; seen?: RetentionRun }) {
  const { t, language } = usePrivacyTexts();
  const words = t.retention;
  const labels = privacyLabels[language].retention;
  const { retention } = state.settings.document;
  return (
    <div className="wide-table" tabIndex={0} role="region" aria-label={words.table(state.settings.version)}>
      <table>
        <caption>
          {words.table(state.settings.version)} ·{" "}
          {seen ? words.dried(momentText(seen.finishedAt!, language)) : words.never}
        </caption>
        <thead>
          <tr>
            {[words.kind, words.days, words.due, words.held, words.what].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {retentionKeys.map((key) => (
            <tr key={key}>
              <th scope="row">{labels[key].name}</th>
              <td className="figure">{retention[key]}</td>
              {state.carriedOut.includes(key) ? (
                <>
                  <td className="figure">{seen?.counts[key] ?? "–"}</td>
                  <td className="figure">{seen?.held[key] ?? "–"}</td>
                </>
              ) : (
                <td colSpan={2} className="quiet">
                  {words.toCome}
                </td>
              )}
              <td>{labels[key].what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type ButtonsProps = { seen?: RetentionRun; working: boolean; onRun: (dry: boolean) => Promise<void> };

function Buttons({ seen, working, onRun }: ButtonsProps) {
  const { t } = usePrivacyTexts();
  const words = t.retention;
  const { cancel } = useTexts().t;
  const [asking, setAsking] = useState(false);
  const due = seen ? sum(seen.counts) : 0;
  return (
    <div className="buttons">
      <button disabled={working} onClick={() => void onRun(true)}>
        {words.dry}
      </button>
      {seen && due === 0 && <span role="status">{words.nothing}</span>}
      {due > 0 && !asking && (
        <button className="primary" disabled={working} onClick={() => setAsking(true)}>
          {words.run(due)}
        </button>
      )}
      {asking && (
        <>
          <span role="alert">{words.sure}</span>
          <button className="primary" onClick={() => (setAsking(false), void onRun(false))}>
            {words.run(due)}
          </button>
          <button onClick={() => setAsking(false)}>{cancel}</button>
        </>
      )}
      {working && <span role="status">{words.running}</span>}
    </div>
  );
}

function Runs({ runs }: { runs: RetentionRun[] }) {
  const { t, language } = usePrivacyTexts();
  const words = t.retention;
  const labels = privacyLabels[language].retention;
  if (!runs.length) return null;
  return (
    <>
      <h3>{words.runs}</h3>
      <ul className="plain">
        {runs.slice(0, 20).map((run) => (
          <li key={run.id}>
            {momentText(run.startedAt, language)} · {run.dry ? words.ranDry : <strong>{words.ran}</strong>} ·{" "}
            {retentionKeys
              .filter((key) => run.counts[key])
              .map((key) => `${labels[key].name} ${run.counts[key]}`)
              .join(language === "zh" ? "、" : ", ") || words.nothing}{" "}
            {!run.finishedAt && <span className="late">{words.unfinished}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
