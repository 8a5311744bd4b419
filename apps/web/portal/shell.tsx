import type { ReactNode } from "react";
import type { PortalPage, Shell } from "./model.ts";
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

/** Head, top, foot: the same on every page. */
export function Frame({
  shell,
  title,
  wide,
  children,
}: {
  shell: Shell;
  title: string;
  wide?: boolean;
  children: ReactNode;
}) {
  const t = portalTexts[shell.language];
  const other = shell.language === "zh" ? "en" : "zh";
  return (
    <html lang={shell.language === "zh" ? "zh-CN" : "en"} className={shell.large ? "large" : undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${t.brand}`}</title>
        <link rel="stylesheet" href={shell.styles} />
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
              {t.brand}
            </a>
            <nav aria-label={t.brand}>
              {places.map(([path, key]) => (
                <a key={path} href={path} aria-current={shell.path.startsWith(path) ? "page" : undefined}>
                  {t.nav[key]}
                </a>
              ))}
            </nav>
            <div className="prefer">
              <a href={preferring(shell.path, shell.large ? "large=0" : "large=1")}>
                {shell.large ? t.normal : t.large}
              </a>
              <a href={preferring(shell.path, `lang=${other}`)} lang={other === "zh" ? "zh-CN" : "en"}>
                {t.other}
              </a>
            </div>
          </div>
        </header>
        <main id="main" className={wide ? "column wide" : "column"}>
          {children}
        </main>
        <footer>
          <div className="column wide">
            {t.brand} · {shell.city[shell.language]} · <a href="/about">{t.nav.about}</a> ·{" "}
            <a href="/privacy">{privacyTexts[shell.language].notice.title}</a>
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

export function Trouble({ message }: { message?: string }) {
  return message ? (
    <p className="problem" role="alert">
      {message}
    </p>
  ) : null;
}
