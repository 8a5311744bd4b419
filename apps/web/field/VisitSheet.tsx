import { visitFieldName, visitLabels } from "@linge/domain/visit/labels.ts";
import { needsOf } from "@linge/domain/visit/visit.ts";
import type { Json } from "@linge/sync/json.ts";
import { conflictsOf } from "@linge/sync/merge/document.ts";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { dayText, momentText } from "../ui/time.ts";
import { DayPicker } from "./DayPicker.tsx";
import { Facts } from "./Facts.tsx";
import type { VisitOnPhone } from "./phone/records.ts";
import { ReadAloud } from "./speech.tsx";
import { usePhone, useTexts } from "./use.tsx";
import { VisitForm } from "./VisitForm.tsx";

type Doing = "went" | "moveDay";

/** One visit: where, when, what they asked for; and where two people wrote different things, both, to choose from. */
export function VisitSheet({ visit }: { visit: VisitOnPhone }) {
  const { t, language } = useTexts();
  const { phone, state } = usePhone();
  const [doing, setDoing] = useState<Doing>();
  const [saved, setSaved] = useState(false);
  const { values } = visit;
  const needs = needsOf(values).map((need) => visitLabels[language].need[need]);
  const grid = state.basics.grids.find(({ code }) => code === visit.areaCode)?.[language] ?? visit.areaName?.[language];
  const set = async (fields: Record<string, Json>): Promise<void> => {
    await phone.give({ kind: "visit", recordId: visit.id, type: "edit", data: { fields } });
    setDoing(undefined);
    setSaved(true);
    void phone.sync();
  };
  const facts: [string, string][] = [
    [t.visit.grid, grid ?? visit.areaCode],
    [t.visit.on, values.dueOn ? dayText(values.dueOn, language) : ""],
    [t.sheet.state, t.visit.state[visit.state]!],
    ...(needs.length ? [[t.visit.needs, needs.join("、")] as [string, string]] : []),
  ];
  const aloud = (): string => [values.door, ...facts.map(([name, value]) => `${name}，${value}`)].join("。");
  if (doing === "went")
    return (
      <VisitForm
        visit={visit}
        onDone={() => {
          setDoing(undefined);
          setSaved(true);
        }}
      />
    );
  return (
    <article className="sheet">
      <p className="row">
        <a href="#/today" className="button">
          <ArrowLeft aria-hidden size={22} /> {t.sheet.back}
        </a>
        <ReadAloud words={aloud} />
      </p>
      <h1>{values.door}</h1>
      {saved && (
        <p className="good" role="status">
          {t.sheet.saved}
        </p>
      )}
      <Conflicts visit={visit} onChoose={(field, value) => void set({ [field]: value })} />
      {doing === "moveDay" ? (
        <DayPicker label={t.visit.on} day={values.dueOn ?? ""} onDay={(dueOn) => dueOn && void set({ dueOn })} />
      ) : (
        visit.state === "due" && (
          <div className="verbs">
            <button type="button" className="main" onClick={() => setDoing("went")}>
              {t.visit.went}
            </button>
            <button type="button" onClick={() => setDoing("moveDay")}>
              {t.visit.moveDay}
            </button>
            <button type="button" onClick={() => void set({ dropped: true })}>
              {t.visit.notNeeded}
            </button>
          </div>
        )
      )}
      <Facts facts={facts} />
    </article>
  );
}

type ConflictProps = { visit: VisitOnPhone; onChoose: (field: string, value: Json) => void };

function Conflicts({ visit, onChoose }: ConflictProps) {
  const { t, language } = useTexts();
  const shown = (value: Json): string => {
    if (typeof value === "boolean") return value ? t.visit.yes : t.visit.no;
    return /^\d{4}-\d\d-\d\d$/u.test(String(value)) ? dayText(String(value), language) : String(value);
  };
  return conflictsOf(visit.document).map(({ field, claims }) => (
    <section key={field} className="conflict">
      <h2>
        {visitFieldName(field, language)}：{t.visit.conflict}
      </h2>
      <ul className="cards">
        {claims.map(({ value, by, at, branch }) => (
          <li key={branch} className="card">
            <b>{shown(value)}</b>
            <span className="quiet">{t.visit.said(visit.names[by] ?? t.visit.somebody, momentText(at, language))}</span>
            <button type="button" onClick={() => onChoose(field, value)}>
              {t.visit.choose}
            </button>
          </li>
        ))}
      </ul>
    </section>
  ));
}
