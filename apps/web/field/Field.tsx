import { ClipboardList, MapPinPlus, Send, User } from "lucide-react";
import { useEffect, useState, type ComponentType } from "react";
import { CaseSheet } from "./CaseSheet.tsx";
import { Me } from "./Me.tsx";
import { Report } from "./Report.tsx";
import { workBegins } from "./shell.ts";
import { SyncLine } from "./SyncLine.tsx";
import { Today } from "./Today.tsx";
import { usePhone, useTexts } from "./use.tsx";
import { VisitForm } from "./VisitForm.tsx";
import { VisitSheet } from "./VisitSheet.tsx";
import { Waiting } from "./Waiting.tsx";

type Tab = "today" | "report" | "waiting" | "me";
const tabs: [Tab, ComponentType<{ "aria-hidden": true; size: number }>][] = [
  ["today", ClipboardList],
  ["report", MapPinPlus],
  ["waiting", Send],
  ["me", User],
];
const everyMinute = 60_000;
/** Laid away for longer than this, the phone locks itself. */
const lockAfterMs = 15 * 60_000;

/** Sends and fetches when the app opens, when a connection comes back, when it is looked at again, and every minute. */
function useExchange(): void {
  const { phone } = usePhone();
  useEffect(() => {
    let hiddenAt = 0;
    const go = (): void => void phone.sync();
    const seen = (): void => {
      if (document.visibilityState !== "visible") return void (hiddenAt = Date.now());
      if (hiddenAt && Date.now() - hiddenAt > lockAfterMs) return location.reload();
      go();
    };
    const woken = ({ data }: MessageEvent): void => {
      if (data === "sync") go();
    };
    workBegins();
    if (!phone.state().kept) void phone.askToKeep();
    go();
    const timer = setInterval(go, everyMinute);
    window.addEventListener("online", go);
    document.addEventListener("visibilitychange", seen);
    navigator.serviceWorker?.addEventListener("message", woken);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", go);
      document.removeEventListener("visibilitychange", seen);
      navigator.serviceWorker?.removeEventListener("message", woken);
    };
  }, [phone]);
}

function Place({ path, onLanguage }: { path: string[]; onLanguage: () => void }) {
  const { t } = useTexts();
  const { state } = usePhone();
  const [tab, first, second] = path;
  if (tab === "case") {
    const record = state.cases.find(({ id }) => id === first);
    return record ? <CaseSheet key={record.id} record={record} /> : <p className="empty">{t.sheet.gone}</p>;
  }
  if (tab === "visit" && first === "new") return <VisitForm key="new" />;
  if (tab === "visit") {
    const visit = state.visits.find(({ id }) => id === first);
    const amending = state.entries.find(({ command }) => command.id === second);
    if (amending) return <VisitForm key={second} visit={visit} amending={amending} />;
    return visit ? <VisitSheet key={first} visit={visit} /> : <p className="empty">{t.sheet.gone}</p>;
  }
  if (tab === "report") return <Report key={first} editing={first} />;
  if (tab === "waiting") return <Waiting />;
  if (tab === "me") return <Me onLanguage={onLanguage} />;
  return <Today />;
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
  const path = hash.replace(/^#\//, "").split("/");
  const tab = ({ case: "today", visit: path[1] === "new" ? "report" : "today" } as Record<string, string>)[path[0]!];
  const open = tab ?? (path[0] || "today");
  const waits = state.entries.length + state.uploads.length;
  return (
    <div className="field">
      <SyncLine />
      <main>{state.met === "left" ? null : <Place path={path} onLanguage={onLanguage} />}</main>
      <nav className="bar" aria-label={t.title}>
        {tabs.map(([key, Icon]) => (
          <a key={key} href={`#/${key}`} aria-current={open === key ? "page" : undefined}>
            <Icon aria-hidden size={24} />
            {t.tabs[key]}
            {key === "waiting" && waits > 0 && <b className="count">{waits}</b>}
          </a>
        ))}
      </nav>
    </div>
  );
}
