import { alarmSentence } from "@linge/domain/insight/words.ts";
import { issueLabels } from "@linge/domain/issue/labels.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { dayText } from "../../ui/time.ts";
import type { Session } from "../api.ts";
import { insight, type Report, type ReportSchedule } from "./api.ts";
import { SummaryView } from "./SummaryView.tsx";
import { useInsightTexts } from "./texts.ts";
import { Problem, Waiting } from "./Waiting.tsx";

/** Weeks and months that were written by themselves. */
export function Reports({ session }: { session: Session }) {
  const { t, language } = useInsightTexts();
  const [openId, setOpenId] = useState<string>();
  const list = useQuery({ queryKey: ["reports"], queryFn: insight.reports });
  if (openId) return <ReportPage id={openId} onClose={() => setOpenId(undefined)} />;
  if (list.isError) return <Problem error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  const { reports, schedule } = list.data;
  const words = t.reports;
  return (
    <>
      <p>{words.why}</p>
      {reports.length === 0 && (
        <div className="empty">
          <p>{words.none}</p>
          <p className="quiet">{words.noneHint}</p>
        </div>
      )}
      <ul className="lines">
        {reports.map(({ id, kind, first, last, madeAt }) => (
          <li key={id}>
            <button onClick={() => setOpenId(id)}>
              {words.title(words.kind[kind]!, dayText(first, language), dayText(last, language))}
            </button>{" "}
            <span className="quiet">{words.made(dayText(madeAt, language))}</span>{" "}
            <a href={`/api/insight/reports/${id}/table.csv`} download>
              {words.csv}
            </a>
          </li>
        ))}
      </ul>
      {session.person!.grants.some(({ role }) => role === "cityAdmin") && <ScheduleForm schedule={schedule} />}
    </>
  );
}

function ReportPage({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useInsightTexts();
  const found = useQuery({ queryKey: ["report", id], queryFn: () => insight.report(id), staleTime: Infinity });
  return (
    <>
      <p className="row">
        <button onClick={onClose}>{t.reports.back}</button>
        <a href={`/api/insight/reports/${id}/table.csv`} download>
          {t.reports.csv}
        </a>
        <button onClick={() => window.print()}>{t.reports.print}</button>
      </p>
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Waiting />}
      {found.data && <Written report={found.data} />}
    </>
  );
}

function Written({ report: { kind, first, last, document } }: { report: Report }) {
  const { t, language } = useInsightTexts();
  const words = t.reports;
  const nameOf = (id: string): string => document.names[id]?.[language] ?? id;
  return (
    <article className="report">
      <h3 className="report-title">
        {words.title(words.kind[kind]!, dayText(first, language), dayText(last, language))}
      </h3>
      <SummaryView summary={document.summary} nameOf={nameOf} />
      <h3>{words.alarms(document.alarms.length)}</h3>
      <ul>
        {document.alarms.map((alarm) => (
          <li key={alarm.id}>
            {alarmSentence(alarm, language)}
            {alarm.outcome && <span className="tag good">{t.alarms.outcomes[alarm.outcome]}</span>}
          </li>
        ))}
      </ul>
      <h3>{words.issues}</h3>
      {document.issues.length === 0 && <p className="quiet">{words.noIssues}</p>}
      <ul>
        {document.issues.map((issue) => (
          <li key={issue.id}>
            {issue.title}（{issue.owner[language]}，{issueLabels[language][issue.state]}，
            {t.issues.due(dayText(issue.dueOn, language))}
            {issue.late > 0 && `，${t.issues.late(issue.late)}`}）
          </li>
        ))}
      </ul>
    </article>
  );
}

function ScheduleForm({ schedule }: { schedule: ReportSchedule }) {
  const { t } = useInsightTexts();
  const words = t.reports;
  const client = useQueryClient();
  const [weekday, setWeekday] = useState(schedule.weekly?.weekday ?? 0);
  const [day, setDay] = useState(schedule.monthly?.day ?? 0);
  const [said, setSaid] = useState("");
  const save = async (): Promise<void> => {
    try {
      await insight.setSchedule({ weekly: weekday ? { weekday } : null, monthly: day ? { day } : null });
      await client.invalidateQueries({ queryKey: ["reports"] });
      setSaid(words.saved);
    } catch (error) {
      setSaid((error as Error).message);
    }
  };
  return (
    <form
      className="row setting"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <b>{words.schedule}</b>
      <label>
        {words.weekly}{" "}
        <select value={weekday} onChange={(event) => setWeekday(Number(event.target.value))}>
          <option value={0}>{words.never}</option>
          {words.weekdays.map((name, i) => (
            <option key={name} value={i + 1}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.monthly}{" "}
        <select value={day} onChange={(event) => setDay(Number(event.target.value))}>
          <option value={0}>{words.never}</option>
          {Array.from({ length: 28 }, (_, i) => i + 1).map((n) => (
            <option key={n} value={n}>
              {words.dayOfMonth(n)}
            </option>
          ))}
        </select>
      </label>
      <button>{words.save}</button> <span role="status">{said}</span>
    </form>
  );
}
