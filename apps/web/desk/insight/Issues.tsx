import { issueLabels } from "@linge/domain/issue/labels.ts";
import { useQuery } from "@tanstack/react-query";
import { dayText } from "../../ui/time.ts";
import type { Session } from "../api.ts";
import { insight, type ShownIssue } from "./api.ts";
import { IssueDetail } from "./IssueDetail.tsx";
import { OpenIssue } from "./OpenIssue.tsx";
import { useInsightTexts } from "./texts.ts";
import { Problem, Waiting } from "./Waiting.tsx";

const openers = ["dispatcher", "emergencyAuthority"];
type Props = { session: Session; openId?: string; onOpen: (id?: string) => void };

/** Problems of the month: who owns them, until when, how far they are. */
export function Issues({ session, openId, onOpen }: Props) {
  const { t } = useInsightTexts();
  const list = useQuery({ queryKey: ["issues"], queryFn: insight.issues });
  if (openId) return <IssueDetail id={openId} onClose={() => onOpen(undefined)} />;
  if (list.isError) return <Problem error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  const { issues } = list.data;
  return (
    <>
      <p className="measure">{t.issues.why}</p>
      {issues.length === 0 && (
        <div className="empty">
          <p>{t.issues.none}</p>
          <p className="quiet">{t.issues.noneHint}</p>
        </div>
      )}
      <ul className="alarm-list issues">
        {issues.map((issue) => (
          <li key={issue.id} className="alarm">
            <button className="card" onClick={() => onOpen(issue.id)}>
              <IssueHead issue={issue} />
            </button>
          </li>
        ))}
      </ul>
      {session.person!.grants.some(({ role }) => openers.includes(role)) && (
        <OpenIssue city={session.city.code} onOpened={onOpen} />
      )}
    </>
  );
}

export function IssueHead({ issue }: { issue: ShownIssue }) {
  const { t, language } = useInsightTexts();
  const parts = issue.responsibilities.length;
  const done = issue.responsibilities.filter(({ doneOn }) => doneOn).length;
  return (
    <>
      <span className="card-head">
        <b>{issue.title}</b>
        <span className={`tag issue-${issue.state}`}>{issueLabels[language][issue.state]}</span>
        {issue.late > 0 && <span className="tag bad">▲ {t.issues.late(issue.late)}</span>}
        <span className="quiet">{issue.published ? t.issues.isPublic : t.issues.isInternal}</span>
      </span>
      <span className="said-plainly">
        {issue.owner[language]} · {t.issues.due(dayText(issue.dueOn, language))} · {issue.stream[language]} ·{" "}
        {issue.areas[0]?.[language]}
        {parts > 0 && ` · ${done} / ${parts}`}
      </span>
    </>
  );
}
