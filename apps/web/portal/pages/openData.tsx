import type { PageOf } from "../model.ts";
import { openDataTexts } from "../openDataTexts.ts";
import { Frame } from "../shell.tsx";

/** What everybody may take, and why some of it is coarse. */
export function OpenData({ page }: { page: PageOf<"openData"> }) {
  const t = openDataTexts[page.language];
  return (
    <Frame shell={page} title={t.title}>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <ul className="how">
        {t.rules(page.least).map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      <h2>{t.cases}</h2>
      <div className="buttons">
        <a className="button second" href="/open-data/cases.csv" download>
          CSV
        </a>
        <a className="button second" href="/open-data/cases.geojson" download>
          GeoJSON
        </a>
      </div>
      <h2>{t.counts}</h2>
      {page.months.length === 0 && <p>{t.none}</p>}
      <ul className="list">
        {page.months.map(({ month, revision, cells }) => (
          <li key={month}>
            <strong>{t.month(month)}</strong> <a href={`/open-data/counts/${month}.csv`}>CSV</a>{" "}
            <a href={`/open-data/counts/${month}.geojson`}>GeoJSON</a>
            <p className="meta">
              {t.rows(cells)} {t.revision(revision)}
            </p>
          </li>
        ))}
      </ul>
      <h2>{t.maps}</h2>
      <p>
        {t.mapsHint} <br />
        <a href="/ogc">{page.address}</a>
      </p>
      <p>
        <a href="/ogc/api">{t.api}</a>
      </p>
      <p className="meta">{t.licence}</p>
    </Frame>
  );
}
