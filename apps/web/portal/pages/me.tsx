import { deviceOf } from "../../ui/device.ts";
import { dayText } from "../../ui/time.ts";
import type { PageOf } from "../model.ts";
import { Frame, Guard, Trouble } from "../shell.tsx";
import { privacyTexts } from "../privacyTexts.ts";
import { portalTexts } from "../texts.ts";
import { CaseList } from "./list.tsx";

export function SignIn({ page }: { page: PageOf<"signIn"> }) {
  const t = portalTexts[page.language].signIn;
  return (
    <Frame shell={page} title={t.title}>
      <h1>{t.title}</h1>
      <p className="hint">{t.hint}</p>
      <Trouble problem={page.problem} />
      <form method="post" action={page.sent ? "/me/code" : "/me/phone"}>
        {page.sent ? (
          <>
            <input type="hidden" name="phone" value={page.phone} />
            <p className="notice" role="status">
              {t.sent(page.phone)}
            </p>
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
        ) : (
          <>
            <label htmlFor="phone">{t.phone}</label>
            <input
              id="phone"
              type="tel"
              name="phone"
              required
              inputMode="tel"
              autoComplete="tel"
              defaultValue={page.phone}
            />
          </>
        )}
        <div className="buttons">
          <button className="button">{page.sent ? t.go : t.send}</button>
          {page.sent && (
            <a className="button plain" href="/me">
              {t.again}
            </a>
          )}
        </div>
      </form>
    </Frame>
  );
}

/** Where the resident is signed in: each can be ended from here. */
function Sessions({ page }: { page: PageOf<"me"> }) {
  const t = portalTexts[page.language].me;
  const named = (agent: string): string => {
    const device = deviceOf(agent);
    return device ? t.device(device.browser, device.system) : t.unknownDevice;
  };
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{t.sessions}</h2>
      <ul className="plain">
        {page.sessions.map(({ id, device, seenAt, current }) => (
          <li key={id}>
            <span>
              {named(device)} · {current ? t.here : t.seen(dayText(seenAt, page.language))}
            </span>
            {!current && (
              <form method="post" action="/me/end">
                <Guard page={page} />
                <input type="hidden" name="session" value={id} />
                <button className="button plain">{t.end}</button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Me({ page }: { page: PageOf<"me"> }) {
  const t = portalTexts[page.language].me;
  const tokens = new Map(page.items.map((item) => [item.id, item.token]));
  return (
    <Frame shell={page} title={t.title}>
      <h1>{t.title}</h1>
      {page.items.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <CaseList items={page.items} language={page.language} hrefOf={(item) => `/f/${tokens.get(item.id)}`} />
      )}
      <Sessions page={page} />
      <p>
        <a href="/me/privacy">{privacyTexts[page.language].meLink}</a>
      </p>
      <form method="post" action="/me/out">
        <Guard page={page} />
        <div className="buttons">
          <button className="button second">{t.out}</button>
        </div>
      </form>
    </Frame>
  );
}
