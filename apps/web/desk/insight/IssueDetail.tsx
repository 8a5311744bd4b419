import { compare } from "@linge/domain/insight/comparison.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { dayText, momentText } from "../../ui/time.ts";
import { insight, type IssuePage } from "./api.ts";
import { IssueHead } from "./Issues.tsx";
import { IssueStepForm } from "./IssueStepForm.tsx";
import { useInsightTexts } from "./texts.ts";
import { Problem, Waiting } from "./Waiting.tsx";

/** One problem followed through: plan, who does what by when, what was done, and whether it has become less. */
export function IssueDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useInsightTexts();
  const client = useQueryClient();
  const [step, setStep] = useState<string>();
  const found = useQuery({ queryKey: ["issue", id], queryFn: () => insight.issue(id) });
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  const { issue } = found.data;
  const done = async (): Promise<void> => {
    setStep(undefined);
    await client.invalidateQueries({ queryKey: ["issue", id] });
    await client.invalidateQueries({ queryKey: ["issues"] });
  };
  return (
    <div className="issue-page">
      <p className="row">
        <button onClick={onClose}>{t.issues.back}</button>
        <button onClick={() => window.print()}>{t.issues.print}</button>
      </p>
      <div className="card-like">
        <IssueHead issue={issue} />
      </div>
      <p>{issue.why}</p>
      {issue.result && (
        <p>
          <b>{t.issues.result}：</b>
          {issue.result}
        </p>
      )}
      <h3>{t.issues.plan}</h3>
      <p className={issue.plan ? "written" : "quiet"}>{issue.plan ?? t.issues.noPlan}</p>
      {issue.responsibilities.length > 0 && <Parts page={found.data} />}
      <Effect page={found.data} />
      <div className="buttons">
        {issue.allowed.map((type) => (
          <button key={type} aria-pressed={step === type} onClick={() => setStep(step === type ? undefined : type)}>
            {t.issues.act[type]}
          </button>
        ))}
      </div>
      {step && <IssueStepForm key={step} issue={issue} type={step} onDone={done} onCancel={() => setStep(undefined)} />}
      <Steps page={found.data} />
    </div>
  );
}

function Parts({ page: { issue } }: { page: IssuePage }) {
  const { t, language } = useInsightTexts();
  const words = t.issues;
  return (
    <div className="scroller" tabIndex={0} role="group" aria-label={words.parts}>
      <table>
        <thead>
          <tr>
            {Object.values(words.part).map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {issue.responsibilities.map((each) => (
            <tr key={each.id}>
              <th scope="row">{each.unit[language]}</th>
              <td>{each.what}</td>
              <td>{dayText(each.dueOn, language)}</td>
              <td>
                {each.doneOn ? `✓ ${words.partDone(dayText(each.doneOn, language))}` : words.partOpen}
                {each.late > 0 && <span className="tag bad">▲ {words.late(each.late)}</span>}
                {each.note && <span className="quiet"> {each.note}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Effect({ page: { effect } }: { page: IssuePage }) {
  const { t } = useInsightTexts();
  const { verdict } = compare(effect.lately, effect.before, effect.days, effect.days);
  return (
    <>
      <h3>{t.issues.effect}</h3>
      <p>
        {t.issues.effectLine(effect.before, effect.lately, effect.days)}：
        <b className={verdict}>{t.issues.effectVerdict[verdict]}</b>
      </p>
    </>
  );
}

function Steps({ page: { steps } }: { page: IssuePage }) {
  const { t, language } = useInsightTexts();
  return (
    <>
      <h3>{t.issues.steps}</h3>
      <ol className="history">
        {steps.map(({ type, at, data }, i) => {
          const said = data.note ?? data.reason ?? data.why ?? data.plan;
          return (
            <li key={i}>
              <time dateTime={at}>{momentText(at, language)}</time> <b>{t.issues.step[type] ?? type}</b>
              {typeof said === "string" && ` · ${said}`}
            </li>
          );
        })}
      </ol>
    </>
  );
}
