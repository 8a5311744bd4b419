import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { Account } from "./Account.tsx";
import { useAccountTexts } from "./credentials.ts";
import { api, type Session } from "./api.ts";
import { BulkBar } from "./BulkBar.tsx";
import { CaseList } from "./CaseList.tsx";
import { CasePage } from "./CasePage.tsx";
import { ClientKeys } from "./ClientKeys.tsx";
import { Insight } from "./insight/Insight.tsx";
import { useInsightTexts } from "./insight/texts.ts";
import { useKeys } from "./keys.ts";
import { useTexts } from "./language.tsx";
import { NewCase } from "./NewCase.tsx";
import { Planning } from "./planning/Planning.tsx";
import { usePlanningTexts } from "./planning/texts.ts";
import { PrivacyRoom } from "./privacy/PrivacyRoom.tsx";
import { usePrivacyTexts } from "./privacy/texts.ts";
import { Settings } from "./Settings.tsx";

/** Pages that changed elsewhere are asked for again; the signal itself says only which. */
function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource("/api/events");
    source.onmessage = ({ data }) => {
      const { id } = JSON.parse(data as string) as { id: string };
      void client.invalidateQueries({ queryKey: ["queues"] });
      void client.invalidateQueries({ queryKey: ["cases"] });
      void client.invalidateQueries({ queryKey: ["case", id] });
    };
    return () => source.close();
  }, [client]);
}

type Room = "cases" | "insight" | "planning" | "privacy" | "new" | "settings" | "clients" | "account";
const insightReaders: readonly string[] = [
  "dispatcher",
  "gridLeader",
  "checker",
  "emergencyAuthority",
  "evaluator",
  "cityAdmin",
];
const privacyReaders: readonly string[] = ["privacyOfficer", "auditor", "cityAdmin"];
/** Roles that have a room of their own and no case to read. */
const withoutCases: readonly string[] = ["cityAdmin", "auditor"];
type Props = { session: Session; returned?: string; onLanguage: () => void };

export function Desk({ session, returned, onLanguage }: Props) {
  const { t, language } = useTexts();
  const accountTexts = useAccountTexts();
  const grants = session.person!.grants;
  const reads = grants.some((grant) => !withoutCases.includes(grant.role));
  const guards = grants.some((grant) => privacyReaders.includes(grant.role));
  const first = reads ? "cases" : grants.some((grant) => grant.role === "cityAdmin") ? "settings" : "privacy";
  const [room, setRoom] = useState<Room>(returned ? "account" : first);
  const [queue, setQueue] = useState("open");
  const [q, setQ] = useState("");
  const [at, setAt] = useState(0);
  const [openId, setOpenId] = useState<string>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [dense, setDense] = useState(true);
  const [help, setHelp] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  useLive();
  const queues = useQuery({ queryKey: ["queues"], queryFn: api.queues, enabled: reads });
  const cases = useInfiniteQuery({
    queryKey: ["cases", queue, q],
    queryFn: ({ pageParam }) =>
      api.cases({
        queue,
        sort: queue === "all" ? "newest" : "due",
        ...(q && { q }),
        ...(pageParam && { cursor: pageParam }),
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    enabled: reads,
  });
  const items = useMemo(() => cases.data?.pages.flatMap((page) => page.items) ?? [], [cases.data]);
  const choose = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  useKeys({
    j: () => setAt(Math.min(items.length - 1, at + 1)),
    k: () => setAt(Math.max(0, at - 1)),
    Enter: () => items[at] && setOpenId(items[at].id),
    x: () => items[at] && choose(items[at].id),
    "/": () => search.current?.focus(),
    "?": () => setHelp(true),
    Escape: () => (help ? setHelp(false) : setOpenId(undefined)),
  });
  const go = (key: string): void => {
    setRoom("cases");
    setQueue(key);
    setAt(0);
    setChosen(new Set());
  };
  const signOut = async (): Promise<void> => {
    await api.signOut();
    client.clear();
    location.reload();
  };
  const admin = grants.some((grant) => grant.role === "cityAdmin");
  const insightTexts = useInsightTexts().t;
  const planningTexts = usePlanningTexts().t;
  const privacyTexts = usePrivacyTexts().t;
  const plans = grants.some((grant) => grant.role === "gridLeader" || grant.role === "cityAdmin");
  const warned = grants.some((grant) => insightReaders.includes(grant.role));
  return (
    <div className={`desk${dense ? " dense" : ""}${openId ? " open" : ""}`}>
      <header>
        <h1>{t.brand}</h1>
        {session.demo && <span className="demo">{t.demo}</span>}
        <input
          ref={search}
          type="search"
          aria-label={t.search}
          placeholder={t.search}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        <span className="who">
          {session.person!.name}
          {session.person!.unit && ` · ${session.person!.unit[language]}`}
        </span>
        <button onClick={() => setDense(!dense)}>{dense ? t.roomy : t.dense}</button>
        <button onClick={onLanguage}>{t.other}</button>
        <button onClick={() => void signOut()}>{t.signOut}</button>
      </header>
      <nav aria-label={t.title}>
        {queues.data?.queues.map(({ key, count }) => (
          <button key={key} aria-current={room === "cases" && queue === key} onClick={() => go(key)}>
            <span>{t.queue[key]}</span>
            <span className={key === "overdue" && count > 0 ? "count late" : "count"}>{count}</span>
          </button>
        ))}
        {reads && (
          <button aria-current={room === "cases" && queue === "all"} onClick={() => go("all")}>
            {t.queue.all}
          </button>
        )}
        {warned && (
          <button aria-current={room === "insight"} onClick={() => setRoom("insight")}>
            {insightTexts.title}
          </button>
        )}
        {plans && (
          <button aria-current={room === "planning"} onClick={() => setRoom("planning")}>
            {planningTexts.title}
          </button>
        )}
        {guards && (
          <button aria-current={room === "privacy"} onClick={() => setRoom("privacy")}>
            {privacyTexts.title}
          </button>
        )}
        {reads && (
          <button aria-current={room === "new"} onClick={() => setRoom("new")}>
            ＋ {t.newCase}
          </button>
        )}
        {admin && (
          <button aria-current={room === "settings"} onClick={() => setRoom("settings")}>
            {t.settings}
          </button>
        )}
        {admin && (
          <button aria-current={room === "clients"} onClick={() => setRoom("clients")}>
            {accountTexts.clients}
          </button>
        )}
        <button aria-current={room === "account"} onClick={() => setRoom("account")}>
          {accountTexts.title}
        </button>
      </nav>
      {room === "new" && <NewCase onDone={(id) => (setRoom("cases"), setOpenId(id))} />}
      {room === "insight" && <Insight session={session} onCase={(id) => (go("all"), setOpenId(id))} />}
      {room === "planning" && <Planning session={session} />}
      {room === "privacy" && <PrivacyRoom session={session} />}
      {room === "settings" && <Settings />}
      {room === "clients" && <ClientKeys />}
      {room === "account" && <Account returned={returned} admin={admin} />}
      {room === "cases" && reads && (
        <>
          <section className="middle" aria-label={t.queue[queue]}>
            {chosen.size > 0 && <BulkBar ids={[...chosen]} onDone={() => setChosen(new Set())} />}
            <CaseList
              items={items}
              at={at}
              chosen={chosen}
              onChoose={choose}
              onOpen={(id, i) => (setAt(i), setOpenId(id))}
              openId={openId}
              state={cases.status}
              onRetry={() => void cases.refetch()}
            />
            {cases.hasNextPage && <button onClick={() => void cases.fetchNextPage()}>{t.more}</button>}
          </section>
          <main className="right">
            {openId ? (
              <CasePage key={openId} id={openId} onOpen={setOpenId} onClose={() => setOpenId(undefined)} />
            ) : (
              <div className="empty">
                <p>{t.choose}</p>
                <p className="quiet">{t.chooseHint}</p>
              </div>
            )}
          </main>
        </>
      )}
      {help && (
        <dialog open aria-label={t.shortcuts}>
          <h2>{t.shortcuts}</h2>
          <dl>
            {t.shortcutList.map(([keys, what]) => (
              <div key={keys}>
                <dt>{keys}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <button onClick={() => setHelp(false)}>{t.cancel}</button>
        </dialog>
      )}
    </div>
  );
}
