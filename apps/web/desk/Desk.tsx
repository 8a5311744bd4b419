import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useRef, useState } from "react";
import { api, type CaseFilter, type Queue, type Session } from "./api.ts";
import { CasesRoom } from "./CasesRoom.tsx";
import { useAccountTexts } from "./credentials.ts";
import { useInsightTexts } from "./insight/texts.ts";
import { KeyHelp } from "./KeyHelp.tsx";
import { useKeys } from "./keys.ts";
import { useTexts } from "./language.tsx";
import { useLive } from "./live.ts";
import { usePeopleTexts } from "./people/texts.ts";
import { usePhonesTexts } from "./phones/texts.ts";
import { usePlanningTexts } from "./planning/texts.ts";
import { usePrivacyTexts } from "./privacy/texts.ts";
import { ownQueues, watched } from "./queues.ts";
import { useRemembered } from "./remembered.ts";
import { entersRoom, readsCases, type Room } from "./rooms.ts";
import { SearchBox } from "./SearchBox.tsx";
import { SideBar } from "./SideBar.tsx";
import { useTerritoryTexts } from "./territory/texts.ts";
import { useViews } from "./views.ts";

// Rooms that not everybody enters come when somebody does.
const Account = lazy(async () => ({ default: (await import("./Account.tsx")).Account }));
const ClientKeys = lazy(async () => ({ default: (await import("./ClientKeys.tsx")).ClientKeys }));
const Insight = lazy(async () => ({ default: (await import("./insight/Insight.tsx")).Insight }));
const NewCase = lazy(async () => ({ default: (await import("./NewCase.tsx")).NewCase }));
const Overview = lazy(async () => ({ default: (await import("./Overview.tsx")).Overview }));
const People = lazy(async () => ({ default: (await import("./people/People.tsx")).People }));
const PhonesAndVisits = lazy(async () => ({
  default: (await import("./phones/PhonesAndVisits.tsx")).PhonesAndVisits,
}));
const Planning = lazy(async () => ({ default: (await import("./planning/Planning.tsx")).Planning }));
const PrivacyRoom = lazy(async () => ({ default: (await import("./privacy/PrivacyRoom.tsx")).PrivacyRoom }));
const Territory = lazy(async () => ({ default: (await import("./territory/Territory.tsx")).Territory }));
const Settings = lazy(async () => ({ default: (await import("./settings/Settings.tsx")).Settings }));

type Props = { session: Session; returned?: string; onLanguage: () => void };
const roomOrder: Room[] = [
  "new",
  "overview",
  "insight",
  "planning",
  "phones",
  "privacy",
  "territory",
  "settings",
  "people",
  "clients",
  "account",
];

/** A case that a link of the desk names: `/desk?case=…`. */
const linked = new URLSearchParams(location.search).get("case") ?? undefined;

/** The first queue in which something waits; it stays when its last case goes. */
function useFirstQueue(own: string[], counts: Queue[] | undefined): string {
  const kept = useRef<string>(undefined);
  if (counts) kept.current ??= own.find((key) => counts.some((each) => each.key === key && each.count > 0)) ?? own[0];
  return kept.current ?? "open";
}

export function Desk({ session, returned, onLanguage }: Props) {
  const { t, language } = useTexts();
  const names: Partial<Record<Room, string>> = {
    new: `＋ ${t.newCase}`,
    overview: t.overview.title,
    insight: useInsightTexts().t.title,
    planning: usePlanningTexts().t.title,
    phones: usePhonesTexts().t.title,
    privacy: usePrivacyTexts().t.title,
    territory: useTerritoryTexts().t.title,
    settings: t.settings,
    people: usePeopleTexts().t.title,
    clients: useAccountTexts().clients,
    account: useAccountTexts().title,
  };
  const grants = session.person!.grants;
  const reads = readsCases(grants);
  const own = reads ? ownQueues(grants) : [];
  const [room, setRoom] = useState<Room>(returned ? "account" : reads ? "cases" : "overview");
  const [asked, setFilter] = useState<CaseFilter | undefined>(linked ? { queue: "all" } : undefined);
  const [viewId, setViewId] = useState<string>();
  const [openId, setOpenId] = useState(linked);
  const [dense, setDense] = useRemembered("dense", true);
  const [help, setHelp] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const { views, add, remove } = useViews();
  useLive();
  const queues = useQuery({ queryKey: ["queues"], queryFn: api.queues, enabled: reads });
  const first = useFirstQueue(own, queues.data?.queues);
  const filter = asked ?? { queue: first };

  const show = (next: CaseFilter, view?: string): void => {
    setRoom("cases");
    setFilter(next);
    setViewId(view);
  };
  const order = [...own, ...watched];
  const step = (by: number): void => {
    const next = order[(order.indexOf(filter.queue ?? "open") + by + order.length) % order.length]!;
    show({ queue: next });
  };
  useKeys({
    "/": () => search.current?.focus(),
    "?": () => setHelp(true),
    "[": () => step(-1),
    "]": () => step(1),
    n: () => entersRoom("new", grants) && setRoom("new"),
    d: () => setDense(!dense),
  });
  useKeys(help ? { Escape: () => setHelp(false) } : {}, true);
  const signOut = async (): Promise<void> => {
    await api.signOut();
    client.clear();
    location.reload();
  };
  const rooms = roomOrder.filter((each) => entersRoom(each, grants)).map((key) => ({ key, label: names[key]! }));
  return (
    <div className={`desk${dense ? " dense" : ""}${openId && room === "cases" ? " open" : ""}`}>
      <header>
        <h1>{t.brand}</h1>
        {session.demo && <span className="demo">{t.demo}</span>}
        {reads && (
          <SearchBox
            box={search}
            value={filter.q ?? ""}
            onSearch={(words) => show({ queue: "all", q: words.trim() || undefined })}
          />
        )}
        <span className="who">
          {session.person!.name}
          {session.person!.unit && ` · ${session.person!.unit[language]}`}
        </span>
        <button aria-pressed={dense} onClick={() => setDense(!dense)}>
          {dense ? t.roomy : t.dense}
        </button>
        <button onClick={() => setHelp(true)} aria-label={t.shortcuts}>
          ?
        </button>
        <button onClick={onLanguage}>{t.other}</button>
        <button onClick={() => void signOut()}>{t.signOut}</button>
      </header>
      <SideBar
        own={own}
        counts={queues.data?.queues ?? []}
        views={views}
        rooms={rooms}
        at={{ room, queue: filter.queue, view: viewId }}
        onQueue={(queue) => (setOpenId(undefined), show({ queue }))}
        onView={(view) => show(view.filter, view.id)}
        onRemoveView={(id) => void remove(id)}
        onRoom={(key) => setRoom(key as Room)}
      />
      <Suspense fallback={<p className="whole quiet">{t.loading}</p>}>
        {room === "new" && <NewCase onDone={(id) => (show({ queue: "all" }), setOpenId(id))} />}
        {room === "overview" && <Overview onArea={reads ? (area) => show({ queue: "open", area }) : undefined} />}
        {room === "insight" && <Insight session={session} onCase={(id) => (show({ queue: "all" }), setOpenId(id))} />}
        {room === "planning" && <Planning session={session} />}
        {room === "phones" && <PhonesAndVisits session={session} />}
        {room === "privacy" && <PrivacyRoom session={session} />}
        {room === "territory" && <Territory session={session} />}
        {room === "settings" && <Settings />}
        {room === "people" && <People session={session} />}
        {room === "clients" && <ClientKeys />}
        {room === "account" && <Account returned={returned} />}
      </Suspense>
      {room === "cases" && reads && queues.data && (
        <CasesRoom
          key={`${filter.queue} ${viewId}`}
          filter={filter}
          title={t.queue[filter.queue ?? "all"]!}
          dense={dense}
          openId={openId}
          onOpen={setOpenId}
          onFilter={(next) => show({ ...next, q: filter.q })}
          onSaveView={(name) => add(name, filter)}
        />
      )}
      {help && <KeyHelp onClose={() => setHelp(false)} />}
    </div>
  );
}
