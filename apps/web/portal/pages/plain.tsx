import type { PageOf } from "../model.ts";
import { Frame, Guard, Trouble } from "../shell.tsx";
import { portalTexts } from "../texts.ts";
import { openDataTexts } from "../openDataTexts.ts";
import { privacyTexts } from "../privacyTexts.ts";
import { CaseList } from "./list.tsx";

export function Find({ page }: { page: PageOf<"find"> }) {
  const t = portalTexts[page.language].find;
  return (
    <Frame shell={page} title={t.title}>
      <h1>{t.title}</h1>
      <p className="hint">{t.hint}</p>
      <Trouble message={page.problem?.message} />
      <form method="post" action="/find">
        <Guard page={page} />
        <label htmlFor="number">{t.number}</label>
        <input
          id="number"
          type="text"
          name="number"
          required
          maxLength={20}
          autoCapitalize="characters"
          defaultValue={page.number}
          placeholder="7K3A-482C"
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

const percent = (part: number, whole: number): string => (whole ? `${Math.round((100 * part) / whole)} %` : "–");
/** Below this many cases a rate says little, and no rank should be read into it. */
const few = 30;

export function Figures({ page }: { page: PageOf<"figures"> }) {
  const t = portalTexts[page.language].figures;
  return (
    <Frame shell={page} title={t.title} wide>
      <h1>{t.title}</h1>
      <p className="hint">{t.hint}</p>
      <p>
        <a href="/open-data">{openDataTexts[page.language].title}</a>
      </p>
      {page.rows.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t.unit}</th>
                <th scope="col" className="figure">
                  {t.due}
                </th>
                <th scope="col" className="figure">
                  {t.onTime}
                </th>
                <th scope="col" className="figure">
                  {t.resolved}
                </th>
              </tr>
            </thead>
            <tbody>
              {page.rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row">{row.name}</th>
                  <td className="figure">
                    {row.due} {row.due < few && <span className="meta">({t.few})</span>}
                  </td>
                  <td className="figure">{percent(row.onTime, row.due)}</td>
                  <td className="figure">
                    {percent(row.resolved, row.answered)} <span className="meta">(n={row.answered})</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
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

export function SignIn({ page }: { page: PageOf<"signIn"> }) {
  const t = portalTexts[page.language].signIn;
  return (
    <Frame shell={page} title={t.title}>
      <h1>{t.title}</h1>
      <p className="hint">{t.hint}</p>
      <Trouble message={page.problem?.message} />
      <form method="post" action={page.sent ? "/me/code" : "/me/phone"}>
        <Guard page={page} />
        <label htmlFor="phone">{t.phone}</label>
        <input
          id="phone"
          type="tel"
          name="phone"
          required
          pattern="1[3-9]\d{9}"
          maxLength={11}
          autoComplete="tel"
          defaultValue={page.phone}
          readOnly={page.sent}
        />
        {page.sent && (
          <>
            <p className="notice">{t.sent}</p>
            <label htmlFor="code">{t.code}</label>
            <input
              id="code"
              type="text"
              name="code"
              required
              inputMode="numeric"
              pattern="\d{6}"
              maxLength={6}
              autoComplete="one-time-code"
            />
          </>
        )}
        <div className="buttons">
          <button className="button">{page.sent ? t.go : t.send}</button>
        </div>
      </form>
    </Frame>
  );
}

export function Me({ page }: { page: PageOf<"me"> }) {
  const t = portalTexts[page.language];
  return (
    <Frame shell={page} title={t.me.title}>
      <h1>{t.me.title}</h1>
      {page.items.length === 0 ? (
        <p>{t.me.none}</p>
      ) : (
        <CaseList
          items={page.items}
          language={page.language}
          hrefOf={(item) => `/f/${page.items.find((each) => each.id === item.id)!.token}`}
        />
      )}
      <p>
        <a href="/me/privacy">{privacyTexts[page.language].meLink}</a>
      </p>
      <form method="post" action="/me/out">
        <Guard page={page} />
        <button className="button plain">{t.me.out}</button>
      </form>
    </Frame>
  );
}

export function Message({ page }: { page: PageOf<"message"> }) {
  const t = portalTexts[page.language];
  return (
    <Frame shell={page} title={page.title}>
      <h1>{page.title}</h1>
      <p>{page.text}</p>
      <a className="button second" href="/">
        {t.home_}
      </a>
    </Frame>
  );
}
