import { useState, type ReactNode } from "react";
import { momentText } from "../ui/time.ts";
import { CaseCard } from "./CaseCard.tsx";
import { GridMap } from "./GridMap.tsx";
import { ReadAloud } from "./speech.tsx";
import type { CaseOnPhone, VisitOnPhone } from "./phone/records.ts";
import { SummaryTable } from "./SummaryTable.tsx";
import { today } from "./today.ts";
import { usePhone, useTexts } from "./use.tsx";
import { VisitCard } from "./VisitCard.tsx";

const shown = 30;

function Section<T extends { id: string }>({
  title,
  items,
  card,
}: {
  title: string;
  items: T[];
  card: (item: T) => ReactNode;
}) {
  const { t } = useTexts();
  const [all, setAll] = useState(false);
  if (items.length === 0) return null;
  return (
    <section>
      <h2>
        {title} <span className="quiet">{items.length}</span>
      </h2>
      <ul className="cards">{(all ? items : items.slice(0, shown)).map((item) => card(item))}</ul>
      {!all && items.length > shown && (
        <button type="button" className="wide" onClick={() => setAll(true)}>
          {t.today.more(items.length - shown)}
        </button>
      )}
    </section>
  );
}

const open = (record: CaseOnPhone, ...states: string[]): boolean => states.includes(record.state);
const underWay = ["filed", "dispatched", "accepted", "handling"];

/** Where to go today: what wants to be looked at first, visits due, then what others are working on in my grids. */
export function Today() {
  const { t, language } = useTexts();
  const { state } = usePhone();
  const [map, setMap] = useState(false);
  const verify = state.cases.filter((record) => open(record, "verifying", "reported"));
  const check = state.cases.filter((record) => open(record, "checking", "responded"));
  const others = state.cases.filter((record) => open(record, ...underWay));
  const due = state.visits.filter((visit) => visit.state === "due");
  const now = due.filter(({ values }) => (values.dueOn ?? "") <= today());
  const later = due.filter((visit) => !now.includes(visit));
  const spoken = (): string =>
    [
      ...[verify, check].flatMap((rows, at) =>
        rows.length
          ? [
              `${at === 0 ? t.today.verify : t.today.check}，${rows.length}`,
              ...rows.slice(0, 5).map(({ text }) => text),
            ]
          : [],
      ),
      ...(now.length
        ? [`${t.today.visits}，${now.length}`, ...now.slice(0, 5).map(({ values }) => values.door ?? "")]
        : []),
    ].join("。") || t.today.none;
  const caseCard = (record: CaseOnPhone) => <CaseCard key={record.id} record={record} />;
  const visitCard = (visit: VisitOnPhone) => <VisitCard key={visit.id} visit={visit} />;
  const nothing = verify.length + check.length + others.length + due.length === 0;
  return (
    <>
      <h1>{t.tabs.today}</h1>
      {nothing && !state.summary && <p className="empty">{state.lastContact ? t.today.none : t.today.empty}</p>}
      <div className="verbs two">
        {state.basics.grids.some(({ geometry }) => geometry) && (
          <button type="button" aria-pressed={map} onClick={() => setMap(!map)}>
            {map ? t.today.list : t.today.map}
          </button>
        )}
        <ReadAloud words={spoken} />
      </div>
      {map && <GridMap cases={[...verify, ...check]} />}
      {state.summary && state.summary.parts.length > 0 && (
        <section>
          <h2>{t.today.summary}</h2>
          <p className="quiet">{t.today.summaryAt(momentText(state.summary.time, language))}</p>
          <SummaryTable parts={state.summary.parts} />
        </section>
      )}
      {state.capped && <p className="problem">{t.today.capped}</p>}
      <Section title={t.today.verify} items={verify} card={caseCard} />
      <Section title={t.today.check} items={check} card={caseCard} />
      <Section title={t.today.visits} items={now} card={visitCard} />
      <Section title={t.today.others} items={others} card={caseCard} />
      <Section title={t.today.later} items={later} card={visitCard} />
    </>
  );
}
