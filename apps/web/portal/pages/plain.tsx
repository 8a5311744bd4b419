import type { PageOf } from "../model.ts";
import { Frame, Trouble } from "../shell.tsx";
import { portalTexts } from "../texts.ts";

export function Find({ page }: { page: PageOf<"find"> }) {
  const t = portalTexts[page.language].find;
  return (
    <Frame shell={page} title={t.title}>
      <h1>{t.title}</h1>
      <p className="hint">{t.hint}</p>
      <Trouble problem={page.problem} />
      <form method="post" action="/find">
        <label htmlFor="number">{t.number}</label>
        <input
          id="number"
          type="text"
          name="number"
          required
          maxLength={20}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          defaultValue={page.number}
        />
        <label htmlFor="digits">{t.phone}</label>
        <input id="digits" type="text" name="digits" required inputMode="numeric" pattern="\d{4}" maxLength={4} />
        <div className="buttons">
          <button className="button">{t.go}</button>
        </div>
      </form>
    </Frame>
  );
}

export function About({ page }: { page: PageOf<"about"> }) {
  const t = portalTexts[page.language].about;
  return (
    <Frame shell={page} title={t.title}>
      <h1>{t.title}</h1>
      {t.sections.map(([title, text]) => (
        <section key={title}>
          <h2>{title}</h2>
          <p>{text}</p>
        </section>
      ))}
    </Frame>
  );
}

export function Message({ page }: { page: PageOf<"message"> }) {
  const t = portalTexts[page.language];
  return (
    <Frame shell={page} title={page.title}>
      <h1>{page.title}</h1>
      <p>{page.text}</p>
      {page.small && <p className="hint">{page.small}</p>}
      <a className="button second" href="/">
        {t.home_}
      </a>
    </Frame>
  );
}
