import type { CaseRow } from "@linge/server/features/cases/queries.ts";
import { useState } from "react";
import { lights } from "../ui/light.ts";
import { dayText } from "../ui/time.ts";
import { GridMap } from "./GridMap.tsx";
import { usePhone, useTexts } from "./use.tsx";

const shown = 30;

function Card({ row }: { row: CaseRow }) {
  const { t, language } = useTexts();
  const { state } = usePhone();
  const category = state.categories.find(({ id }) => id === row.categoryId);
  const light = lights[row.light];
  const mine = state.outbox.some(({ caseId }) => caseId === row.id);
  return (
    <li>
      <a className="card" href={`#/today/${row.id}`}>
        <b>{category?.[language] ?? row.number}</b>
        <span className={`light light-${row.light}`}>
          {light.shape} {light[language]}
        </span>
        <span className="words">{row.text}</span>
        <span className="quiet">
          {row.areaName[language]} · {t.sheet.due} {dayText(row.dueAt, language)}
          {mine && ` · ${t.waiting.waiting}`}
        </span>
      </a>
    </li>
  );
}

function Section({ title, rows }: { title: string; rows: CaseRow[] }) {
  const { t } = useTexts();
  const [all, setAll] = useState(false);
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>
        {title} <span className="quiet">{rows.length}</span>
      </h2>
      <ul className="cards">
        {(all ? rows : rows.slice(0, shown)).map((row) => (
          <Card key={row.id} row={row} />
        ))}
      </ul>
      {!all && rows.length > shown && (
        <button type="button" onClick={() => setAll(true)}>
          {t.today.more(rows.length - shown)}
        </button>
      )}
    </section>
  );
}

/** Where to go today: what wants to be looked at first, then what others are working on in my grids. */
export function Today() {
  const { t } = useTexts();
  const { state } = usePhone();
  const [map, setMap] = useState(false);
  const of = (...states: string[]): CaseRow[] => state.cases.filter((row) => states.includes(row.state));
  const verify = of("verifying", "reported");
  const check = of("checking", "responded");
  const others = state.cases.filter((row) => !verify.includes(row) && !check.includes(row));
  return (
    <>
      <h1>{t.tabs.today}</h1>
      {state.cases.length === 0 && <p className="empty">{state.lastContact ? t.today.none : t.today.empty}</p>}
      {state.grids.length > 0 && (
        <button type="button" aria-pressed={map} onClick={() => setMap(!map)}>
          {map ? t.today.list : t.today.map}
        </button>
      )}
      {map && <GridMap cases={[...verify, ...check]} />}
      <Section title={t.today.verify} rows={verify} />
      <Section title={t.today.check} rows={check} />
      <Section title={t.today.others} rows={others} />
    </>
  );
}
