import { ClipboardList, MapPinPlus, Send, User } from "lucide-react";
import { useEffect, useState, type ComponentType } from "react";
import { CaseSheet } from "./CaseSheet.tsx";
import { Me } from "./Me.tsx";
import { Report } from "./Report.tsx";
import { SyncLine } from "./SyncLine.tsx";
import { Today } from "./Today.tsx";
import { usePhone, useTexts } from "./use.tsx";
import { Waiting } from "./Waiting.tsx";

type Tab = "today" | "report" | "waiting" | "me";
const tabs: [Tab, ComponentType<{ "aria-hidden": true; size: number }>][] = [
  ["today", ClipboardList],
  ["report", MapPinPlus],
  ["waiting", Send],
  ["me", User],
];
const everyMinute = 60_000;

/** Sends and fetches when the app opens, when a connection comes back, when it is looked at again, and every minute. */
function useExchange(): void {
  const { phone } = usePhone();
  useEffect(() => {
    const go = (): void => void phone.sync();
    const seen = (): void => {
      if (document.visibilityState === "visible") go();
    };
    go();
    const timer = setInterval(go, everyMinute);
    window.addEventListener("online", go);
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", go);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [phone]);
}

/** The four places of the app. The browser's back button closes a case or leads to the place before. */
export function Field({ onLanguage }: { onLanguage: () => void }) {
  const { t } = useTexts();
  const { state } = usePhone();
  const [hash, setHash] = useState(location.hash);
  useExchange();
  useEffect(() => {
    const follow = (): void => setHash(location.hash);
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => void window.scrollTo(0, 0), [hash]);
  const [, tab = "today", caseId] = hash.split("/");
  const open = caseId ? state.cases.find(({ id }) => id === caseId) : undefined;
  return (
    <div className="field">
      <SyncLine />
      <main>
        {open ? (
          <CaseSheet key={open.id} row={open} />
        ) : tab === "report" ? (
          <Report editing={caseId} />
        ) : tab === "waiting" ? (
          <Waiting />
        ) : tab === "me" ? (
          <Me onLanguage={onLanguage} />
        ) : (
          <Today />
        )}
      </main>
      <nav className="bar" aria-label={t.title}>
        {tabs.map(([key, Icon]) => (
          <a key={key} href={`#/${key}`} aria-current={tab === key ? "page" : undefined}>
            <Icon aria-hidden size={24} />
            {t.tabs[key]}
            {key === "waiting" && state.outbox.length > 0 && <b className="count">{state.outbox.length}</b>}
          </a>
        ))}
      </nav>
    </div>
  );
}
