import type { PageOf } from "../model.ts";
import { PlanNotices } from "../plans/pages.tsx";
import { Frame } from "../shell.tsx";
import { portalTexts } from "../texts.ts";
import { CaseList } from "./list.tsx";

export function Home({ page }: { page: PageOf<"home"> }) {
  const t = portalTexts[page.language];
  const { open, closed30 } = page.counts;
  return (
    <Frame shell={page} title={t.home.title(page.city[page.language])} wide>
      <div className="door">
        <h1>{t.home.title(page.city[page.language])}</h1>
        <p className="lead">{t.home.lead}</p>
        <div className="buttons">
          <a className="button" href="/report">
            {t.home.go}
          </a>
          <a className="button second" href="/find">
            {t.home.find}
          </a>
        </div>
        <p className="hint">{t.home.phone}</p>
        <PlanNotices plans={page.plans} language={page.language} />
      </div>
      <section aria-labelledby="how">
        <h2 id="how">{t.home.how}</h2>
        <ol className="three">
          {t.home.steps.map(([word, step]) => (
            <li key={word}>
              <strong>{word}</strong>
              {step}
            </li>
          ))}
        </ol>
      </section>
      <div className="beside">
        <section aria-labelledby="recent">
          <h2 id="recent">{t.home.recent}</h2>
          {page.recent.length ? <CaseList items={page.recent} language={page.language} /> : <p>{t.home.none}</p>}
          <a className="button second" href="/cases">
            {t.home.all}
          </a>
        </section>
        <section aria-labelledby="now" className="now">
          <h2 id="now">{t.home.now}</h2>
          <p>
            <b>{open}</b> {t.home.open}
          </p>
          <p>
            <b>{closed30}</b> {t.home.closed}
          </p>
          <a href="/figures">{t.home.figures}</a>
        </section>
      </div>
    </Frame>
  );
}
