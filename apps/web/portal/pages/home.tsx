import type { PageOf } from "../model.ts";
import { Frame } from "../shell.tsx";
import { portalTexts } from "../texts.ts";
import { CaseList } from "./list.tsx";

export function Home({ page }: { page: PageOf<"home"> }) {
  const t = portalTexts[page.language];
  return (
    <Frame shell={page} title={t.home.title(page.city[page.language])}>
      <h1>{t.home.title(page.city[page.language])}</h1>
      <p>{t.home.lead}</p>
      <div className="buttons">
        <a className="button" href="/report">
          {t.home.go}
        </a>
        <a className="button second" href="/find">
          {t.home.find}
        </a>
      </div>
      <p className="hint">{t.home.phone}</p>
      <h2>{t.home.how}</h2>
      <ol className="how">
        {t.home.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <h2>{t.home.recent}</h2>
      <p className="hint">{t.home.counts(page.counts.open, page.counts.closed30)}</p>
      {page.recent.length ? <CaseList items={page.recent} language={page.language} /> : <p>{t.home.none}</p>}
    </Frame>
  );
}
