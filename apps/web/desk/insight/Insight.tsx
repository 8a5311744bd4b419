import { useState } from "react";
import type { Session } from "../api.ts";
import { Alarms } from "./Alarms.tsx";
import { Budget } from "./Budget.tsx";
import { Comparison } from "./Comparison.tsx";
import "./insight.css";
import { Issues } from "./Issues.tsx";
import { Replay } from "./Replay.tsx";
import { Reports } from "./Reports.tsx";
import { useInsightTexts } from "./texts.ts";

const tabs = ["alarms", "comparison", "issues", "reports", "budget", "replay"] as const;
type Tab = (typeof tabs)[number];

/** Roles that see alarms and comparisons; whoever handles cases sees the problems of the month. */
const readers: readonly string[] = [
  "dispatcher",
  "gridLeader",
  "checker",
  "emergencyAuthority",
  "evaluator",
  "cityAdmin",
];

/** The room of early warning: alarms, comparison, what is followed through, and the proof by the city's own past. */
export function Insight({ session, onCase }: { session: Session; onCase: (id: string) => void }) {
  const { t } = useInsightTexts();
  const reads = session.person!.grants.some(({ role }) => readers.includes(role));
  const shown = reads ? tabs : (["issues"] as const);
  const [tab, setTab] = useState<Tab>(shown[0]);
  const [issueId, setIssueId] = useState<string>();
  const openIssue = (id?: string): void => {
    setIssueId(id);
    setTab("issues");
  };
  return (
    <main className="middle whole insight">
      <h2>{t.title}</h2>
      <div className="tabs" role="group" aria-label={t.title}>
        {shown.map((each) => (
          <button key={each} aria-pressed={tab === each} onClick={() => (setTab(each), setIssueId(undefined))}>
            {t.tabs[each]}
          </button>
        ))}
      </div>
      {tab === "alarms" && <Alarms session={session} onCase={onCase} onIssue={openIssue} />}
      {tab === "comparison" && <Comparison session={session} />}
      {tab === "issues" && <Issues session={session} openId={issueId} onOpen={openIssue} />}
      {tab === "reports" && <Reports session={session} />}
      {tab === "budget" && <Budget session={session} onReplay={() => setTab("replay")} />}
      {tab === "replay" && <Replay session={session} />}
    </main>
  );
}
