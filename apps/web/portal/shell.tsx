import type { ReactNode } from "react";
import type { PortalPage, Problem, Shell } from "./model.ts";
import { portalTexts } from "./texts.ts";
import { privacyTexts } from "./privacyTexts.ts";

/** The address of the same page with another preference. */
function preferring(path: string, word: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}${word}`;
}

const places = [
  ["/report", "report"],
  ["/find", "find"],
  ["/cases", "cases"],
  ["/figures", "figures"],
  ["/about", "about"],
  ["/me", "me"],
] as const;

/** The step of a report whose form is on the page: its words travel along when a preference changes. */
type Unfinished = "what" | "where" | "more";

/** Large type and the other language, on every page; what was typed so far is not lost by choosing one. */
function Preferences({ shell, unfinished }: { shell: Shell; unfinished?: Unfinished }) {
  const t = portalTexts[shell.language];
  const other = shell.language === "zh" ? "en" : "zh";
  const choices = [
    { word: shell.large ? "large=0" : "large=1", label: shell.large ? t.normal : t.large, lang: undefined },
    { word: `lang=${other}`, label: t.other, lang: other === "zh" ? "zh-CN" : "en" },
  ];
  return (
    <div className="prefer" role="group" aria-label={t.preferences}>
      {choices.map(({ word, label, lang }) =>
        unfinished ? (
          <button
            key={word}
            form="step"
            formAction={`/report/back?to=${unfinished}&${word}`}
            formNoValidate
            lang={lang}
            data-keeps
          >
            {label}
          </button>
        ) : (
          <a key={word} href={preferring(shell.path, word)} lang={lang} rel="nofollow">
            {label}
          </a>
        ),
      )}
    </div>
  );
}

type FrameProps = { shell: Shell; title: string; wide?: boolean; unfinished?: Unfinished; children: ReactNode };

/** Head, top, foot: the same on every page. */
export function Frame({ shell, title, wide, unfinished, children }: FrameProps) {
  const t = portalTexts[shell.language];
  return (
    <html lang={shell.language === "zh" ? "zh-CN" : "en"} className={shell.large ? "large" : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${t.brand}`}</title>
        <link rel="icon" href="/field/icon.svg" type="image/svg+xml" />
        <style nonce={shell.nonce} dangerouslySetInnerHTML={{ __html: shell.styles }} />
        <script type="module" src={shell.script} />
      </head>
      <body>
        <a className="skip" href="#main">
          {t.skip}
        </a>
        {shell.demo && (
          <aside className="demo" aria-label={t.synthetic}>
            <div className="column wide">{t.demo}</div>
          </aside>
        )}
        <header className="top">
          <div className="column wide">
            <a className="brand" href="/">
              <svg viewBox="0 0 96 96" aria-hidden="true">
                <rect width="96" height="96" rx="10" fill="#083f5c" />
                <path d="M24 24h48v48H24zM24 48h48M48 24v48" fill="none" stroke="#fff" strokeWidth="5" />
                <circle cx="60" cy="36" r="7" fill="#f3b562" />
              </svg>
              {t.brand}
              <span className="city">{shell.city[shell.language]}</span>
            </a>
            <Preferences shell={shell} unfinished={unfinished} />
            <nav aria-label={t.navigation}>
              {places.map(([path, key]) => (
                <a key={path} href={path} aria-current={shell.path.startsWith(path) ? "page" : undefined}>
                  {t.nav[key]}
                </a>
              ))}
            </nav>
          </div>
        </header>
        <main id="main" className={wide ? "column wide" : "column"}>
          {children}
        </main>
        <footer>
          <div className="column wide">
            <p>{t.footer.urgent}</p>
            <p>
              {t.brand} · {shell.city[shell.language]} · <a href="/about">{t.nav.about}</a> ·{" "}
              <a href="/privacy">{privacyTexts[shell.language].notice.title}</a> · <a href="/desk">{t.footer.staff}</a>{" "}
              · <a href="/openapi.json">{t.footer.developers}</a>
            </p>
          </div>
        </footer>
      </body>
    </html>
  );
}

/** A hidden token against forged forms, where there is a session to forge. */
export function Guard({ page }: { page: PortalPage }) {
  return page.csrf ? <input type="hidden" name="csrf" value={page.csrf} /> : null;
}

/** What stands in the way, first on the page, with a way to the field where it is put right. */
export function Trouble({ problem }: { problem?: Problem }) {
  if (!problem) return null;
  return (
    <p className="problem" role="alert" id="trouble">
      {problem.field ? <a href={`#${problem.field}`}>{problem.message}</a> : problem.message}
    </p>
  );
}

/** Marks a field that has to be put right, for eyes and for screen readers. */
export function wrong(problem: Problem | undefined, field: string, describedBy?: string) {
  return problem?.field === field
    ? { "aria-invalid": true as const, "aria-describedby": ["trouble", describedBy].filter(Boolean).join(" ") }
    : { "aria-describedby": describedBy };
}
