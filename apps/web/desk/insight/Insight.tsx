import { useState } from "react";
import type { Session } from "../api.ts";
import { Compare } from "./Compare.tsx";
import { Episodes } from "./Episodes.tsx";
import "./insight.css";
import { ReplayPage } from "./ReplayPage.tsx";
import { useInsightTexts } from "./texts.ts";

const tabs = ["episodes", "comparison", "replay"] as const;

/** The room of early warning: alarms, comparison, and the proof by the city's own past. */
export function Insight({ session, onCase }: { session: Session; onCase: (id: string) => void }) {
  const { t } = useInsightTexts();
  const [tab, setTab] = useState<(typeof tabs)[number]>("episodes");
  return (
    <main className="middle whole insight">
      <h2>{t.title}</h2>
      <div className="tabs" role="group" aria-label={t.title}>
        {tabs.map((each) => (
          <button key={each} aria-pressed={tab === each} onClick={() => setTab(each)}>
            {t.tabs[each]}
          </button>
        ))}
      </div>
      {tab === "episodes" && <Episodes session={session} onCase={onCase} />}
      {tab === "comparison" && <Compare city={session.city} />}
      {tab === "replay" && <ReplayPage />}
    </main>
  );
}
