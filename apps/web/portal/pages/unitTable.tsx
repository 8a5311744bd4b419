import type { UnitCounts } from "@linge/domain/assessment/monthly.ts";
import { fewest, proportion } from "@linge/domain/assessment/proportion.ts";
import type { Language } from "../model.ts";
import { portalTexts } from "../texts.ts";

export type Shown = "onTime" | "contacted" | "resolved" | "satisfied";
export const shown: readonly Shown[] = ["onTime", "contacted", "resolved", "satisfied"];
type Counts = Omit<UnitCounts, "unitId">;
type Props = { language: Language; unitNames: Record<string, string>; units: readonly UnitCounts[] };

/** Whole per cents; but what is not all is never called all. */
export function percent(share: number): string {
  const whole = Math.round(100 * share);
  return share < 1 && whole === 100 ? `${Math.min(99.9, 100 * share).toFixed(1)} %` : `${whole} %`;
}

/** What a share is a share of: orders due, or verdicts given. */
export const wholeOf = (row: Counts, name: Shown): number =>
  name === "onTime" || name === "contacted" ? row.due : row.answered;

/** A share with what it is a share of; of small numbers only the counts. */
function Share({ row, name, language }: { row: Counts; name: Shown; language: Language }) {
  const t = portalTexts[language].figures;
  const [part, whole] = [row[name], wholeOf(row, name)];
  const found = proportion(part, whole);
  if (!found) return <>–</>;
  if (whole < fewest) return <>{t.of(part, whole)}</>;
  return (
    <>
      {percent(found.share)}{" "}
      <span className="meta">
        {percent(found.low)}–{percent(found.high)} · n={whole}
      </span>
    </>
  );
}

function UnitTable({ language, unitNames, units }: Props) {
  const t = portalTexts[language].figures;
  return (
    <table className="units">
      <thead>
        <tr>
          <th scope="col">{t.columns.unit}</th>
          <th scope="col">{t.columns.due}</th>
          {shown.map((name) => (
            <th key={name} scope="col">
              {t.columns[name]}
            </th>
          ))}
          <th scope="col">
            {t.columns.reworked} / {t.columns.reopened}
          </th>
        </tr>
      </thead>
      <tbody>
        {units.map((row) => (
          <tr key={row.unitId}>
            <th scope="row">{unitNames[row.unitId] ?? row.unitId}</th>
            <td data-label={t.columns.due}>{row.due}</td>
            {shown.map((name) => (
              <td key={name} data-label={t.columns[name]}>
                <Share row={row} name={name} language={language} />
              </td>
            ))}
            <td data-label={`${t.columns.reworked} / ${t.columns.reopened}`}>
              {row.reworked} / {row.reopened}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Figures unit by unit; those of few orders apart, where nobody takes a chance for a difference. */
export function Units({ units, ...rest }: Props) {
  const t = portalTexts[rest.language].figures;
  const many = units.filter((row) => row.due >= fewest);
  const few = units.filter((row) => row.due < fewest);
  return (
    <section aria-labelledby="units">
      <h2 id="units">{t.units}</h2>
      <p className="hint">{t.unitsHint}</p>
      {many.length > 0 && <UnitTable {...rest} units={many} />}
      {few.length > 0 && (
        <details>
          <summary>{t.few(few.length)}</summary>
          <p className="hint">{t.fewHint}</p>
          <UnitTable {...rest} units={few} />
        </details>
      )}
    </section>
  );
}
