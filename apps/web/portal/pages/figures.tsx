import { dayText } from "../../ui/time.ts";
import type { PageOf } from "../model.ts";
import { Frame } from "../shell.tsx";
import { openDataTexts } from "../openDataTexts.ts";
import { portalTexts } from "../texts.ts";
import { AimsPart } from "./aims.tsx";
import { MonthsPart } from "./month.tsx";
import { Bars } from "./bars.tsx";
import { Units } from "./unitTable.tsx";

type Props = { page: PageOf<"figures"> };

/** The whole city in words and bars: each bar with the range in which the true level likely lies. */
function Together({ page }: Props) {
  const t = portalTexts[page.language].figures;
  const row = page.figures.together;
  const { open, closed30 } = page.figures.counts;
  return (
    <section aria-labelledby="together">
      <h2 id="together">{t.together}</h2>
      <p className="lead">{t.sentence(row.due, row.onTime)}</p>
      <Bars row={row} language={page.language} />
      <p>
        {t.columns.reworked} {row.reworked} · {t.columns.reopened} {row.reopened} · {t.counts(open, closed30)}
      </p>
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
      {page.figures.units.length > 0 && (
        <Units language={page.language} unitNames={page.unitNames} units={page.figures.units} />
      )}
      <MonthsPart language={page.language} months={page.months} />
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
