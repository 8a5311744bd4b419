import { visitFieldName, visitLabels } from "@linge/domain/visit/labels.ts";
import { needsOf, type VisitValues } from "@linge/domain/visit/visit.ts";
import type { Json } from "@linge/sync/json.ts";
import { conflictsOf, valuesOf } from "@linge/sync/merge/document.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { dayText, momentText } from "../../ui/time.ts";
import { phonesApi, type VisitRow } from "./api.ts";
import { usePhonesTexts } from "./texts.ts";

/** Visits of my grids: first those in which somebody has to choose between two values. */
export function Visits() {
  const { t } = usePhonesTexts();
  const [said, setSaid] = useState("");
  const conflicts = useQuery({ queryKey: ["visits", "conflicts"], queryFn: () => phonesApi.visits("conflicts") });
  const choose = async (visit: VisitRow, field: string, value: Json): Promise<void> => {
    try {
      await phonesApi.choose(visit, field, value);
      setSaid(t.chosen);
    } catch (error) {
      setSaid((error as Error).message);
    }
    await conflicts.refetch();
  };
  return (
    <section aria-label={t.visits}>
      <h3>{t.conflicts}</h3>
      {said && <p role="status">{said}</p>}
      {conflicts.data?.visits.length === 0 && <p className="quiet">{t.noConflicts}</p>}
      {conflicts.data?.visits.map((visit) => (
        <Conflict key={visit.id} visit={visit} onChoose={(field, value) => void choose(visit, field, value)} />
      ))}
      <VisitTable which="due" title={t.due} />
      <VisitTable which="visited" title={t.visited} />
    </section>
  );
}

type ConflictProps = { visit: VisitRow; onChoose: (field: string, value: Json) => void };

function Conflict({ visit, onChoose }: ConflictProps) {
  const { t, language } = usePhonesTexts();
  const shown = (value: Json): string => {
    if (typeof value === "boolean") return value ? t.yes : t.no;
    return /^\d{4}-\d\d-\d\d$/u.test(String(value)) ? dayText(String(value), language) : String(value);
  };
  const door = (valuesOf(visit.document) as VisitValues).door;
  return (
    <article>
      <h4>
        {door} · {visit.areaName[language]}
      </h4>
      {conflictsOf(visit.document).map(({ field, claims }) => (
        <div key={field} role="group" aria-label={visitFieldName(field, language)}>
          <p>{visitFieldName(field, language)}</p>
          <ul className="plain">
            {claims.map(({ value, by, at, branch }) => (
              <li key={branch}>
                <b>{shown(value)}</b>{" "}
                <span className="quiet">{t.said(visit.names[by] ?? t.somebody, momentText(at, language))}</span>{" "}
                <button onClick={() => onChoose(field, value)}>{t.choose}</button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </article>
  );
}

function VisitTable({ which, title }: { which: "due" | "visited"; title: string }) {
  const { t, language } = usePhonesTexts();
  const found = useQuery({ queryKey: ["visits", which], queryFn: () => phonesApi.visits(which) });
  const rows = found.data?.visits ?? [];
  return (
    <>
      <h3>
        {title} <span className="quiet">{rows.length}</span>
      </h3>
      {rows.length === 0 ? (
        <p className="quiet">{t.none}</p>
      ) : (
        <div className="scroll" role="region" aria-label={title} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {t.listColumns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((visit) => {
                const values = valuesOf(visit.document) as VisitValues;
                const day = which === "due" ? values.dueOn : values.visitedOn;
                return (
                  <tr key={visit.id}>
                    <th scope="row">{values.door}</th>
                    <td>{visit.areaName[language]}</td>
                    <td>{day && dayText(day, language)}</td>
                    <td>
                      {needsOf(values)
                        .map((need) => visitLabels[language].need[need])
                        .join(language === "zh" ? "、" : ", ")}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
