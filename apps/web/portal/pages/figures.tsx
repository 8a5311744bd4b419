import { fewest, proportion } from "@linge/domain/assessment/proportion.ts";
import { dayText } from "../../ui/time.ts";
import type { Language, PageOf } from "../model.ts";
import { Frame } from "../shell.tsx";
import { openDataTexts } from "../openDataTexts.ts";
import { portalTexts } from "../texts.ts";
import { AimsPart } from "./aims.tsx";

type Props = { page: PageOf<"figures"> };
type Row = PageOf<"figures">["figures"]["together"];
type Shown = "onTime" | "contacted" | "resolved" | "satisfied";

/** Whole per cents; but what is not all is never called all. */
function percent(share: number): string {
  const whole = Math.round(100 * share);
  return share < 1 && whole === 100 ? `${Math.min(99.9, 100 * share).toFixed(1)} %` : `${whole} %`;
}
const wholeOf = (row: Row, name: Shown): number => (name === "onTime" || name === "contacted" ? row.due : row.answered);
const shown: readonly Shown[] = ["onTime", "contacted", "resolved", "satisfied"];

/** A share with what it is a share of; of small numbers only the counts. */
function Share({ row, name, language }: { row: Row; name: Shown; language: Language }) {
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

/** The whole city in words and bars: each bar with the range in which the true level likely lies. */
function Together({ page }: Props) {
  const t = portalTexts[page.language].figures;
  const row = page.figures.together;
  const { open, closed30 } = page.figures.counts;
  return (
    <section aria-labelledby="together">
      <h2 id="together">{t.together}</h2>
      <p className="lead">{t.sentence(row.due, row.onTime)}</p>
      <dl className="bars">
        {shown.map((name) => {
          const found = proportion(row[name], wholeOf(row, name));
          if (!found) return null;
          return (
            <div key={name}>
              <dt>{t.columns[name]}</dt>
              <dd>
                <b>{percent(found.share)}</b>{" "}
                {t.within(found.part, found.whole, percent(found.low), percent(found.high))}
                <svg className="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                  <rect width="100" height="6" className="whole" />
                  <rect width={100 * found.share} height="6" className="part" />
                  <rect x={100 * found.low} y="2" width={Math.max(0.5, 100 * (found.high - found.low))} height="2" />
                </svg>
              </dd>
            </div>
          );
        })}
      </dl>
      <p>
        {t.columns.reworked} {row.reworked} · {t.columns.reopened} {row.reopened} · {t.counts(open, closed30)}
      </p>
    </section>
  );
}

function UnitTable({ page, rows }: Props & { rows: PageOf<"figures">["figures"]["units"] }) {
  const t = portalTexts[page.language].figures;
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
        {rows.map((row) => (
          <tr key={row.unitId}>
            <th scope="row">{page.unitNames[row.unitId] ?? row.unitId}</th>
            <td data-label={t.columns.due}>{row.due}</td>
            {shown.map((name) => (
              <td key={name} data-label={t.columns[name]}>
                <Share row={row} name={name} language={page.language} />
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

function Units({ page }: Props) {
  const t = portalTexts[page.language].figures;
  const many = page.figures.units.filter((row) => row.due >= fewest);
  const few = page.figures.units.filter((row) => row.due < fewest);
  return (
    <section aria-labelledby="units">
      <h2 id="units">{t.units}</h2>
      <p className="hint">{t.unitsHint}</p>
      {many.length > 0 && <UnitTable page={page} rows={many} />}
      {few.length > 0 && (
        <details>
          <summary>{t.few(few.length)}</summary>
          <p className="hint">{t.fewHint}</p>
          <UnitTable page={page} rows={few} />
        </details>
      )}
    </section>
  );
}

export function Figures({ page }: Props) {
  const t = portalTexts[page.language].figures;
  const { from, to } = page.figures;
  return (
    <Frame shell={page} title={t.title} wide>
      <h1>{t.title}</h1>
      <p className="hint">{t.hint(dayText(from, page.language), dayText(to, page.language))}</p>
      <Together page={page} />
      <AimsPart page={page} />
      {page.figures.units.length > 0 && <Units page={page} />}
      <section aria-labelledby="meaning">
        <h2 id="meaning">{t.meaning}</h2>
        <dl className="meanings">
          {t.meanings.map(([word, meaning]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p>
          <a href="/api/public/figures" download="linge-figures.json">
            {t.data}
          </a>{" "}
          · <a href="/open-data">{openDataTexts[page.language].title}</a>
        </p>
      </section>
    </Frame>
  );
}
