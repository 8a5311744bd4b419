import { useState } from "react";
import type { Session } from "../api.ts";
import { AccessRecord } from "./AccessRecord.tsx";
import "./privacy.css";
import { ProcessingPage } from "./ProcessingPage.tsx";
import { Readings } from "./Readings.tsx";
import { Requests } from "./Requests.tsx";
import { Retention } from "./Retention.tsx";
import { usePrivacyTexts } from "./texts.ts";

type Tab = "readings" | "looks" | "requests" | "retention" | "processing";

/** The privacy officer's room; auditors read along, administrators set the table. */
export function PrivacyRoom({ session }: { session: Session }) {
  const { t } = usePrivacyTexts();
  const roles = session.person!.grants.map(({ role }) => role);
  const officer = roles.includes("privacyOfficer");
  const oversees = officer || roles.includes("auditor");
  const tabs: Tab[] = oversees
    ? ["readings", "looks", "requests", "retention", "processing"]
    : ["retention", "processing"];
  const [tab, setTab] = useState<Tab>(tabs[0]!);
  return (
    <main className="middle whole privacy">
      <h2>{t.title}</h2>
      <div className="tabs" role="group" aria-label={t.title}>
        {tabs.map((each) => (
          <button key={each} aria-pressed={tab === each} onClick={() => setTab(each)}>
            {t.tabs[each]}
          </button>
        ))}
      </div>
      {tab === "readings" && <Readings mayDecide={officer} />}
      {tab === "looks" && <AccessRecord />}
      {tab === "requests" && <Requests mayDecide={officer} />}
      {tab === "retention" && <Retention mayRun={officer} maySet={roles.includes("cityAdmin")} />}
      {tab === "processing" && <ProcessingPage />}
    </main>
  );
}
