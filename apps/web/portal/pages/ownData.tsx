import { caseLabels } from "@linge/domain/case/labels.ts";
import { privacyLabels } from "@linge/domain/privacy/labels.ts";
import type { OwnCaseData } from "@linge/server/features/privacy/export.ts";
import { momentText } from "../../ui/time.ts";
import type { PageOf } from "../model.ts";
import { Frame } from "../shell.tsx";
import { portalTexts } from "../texts.ts";
import { privacyTexts } from "../privacyTexts.ts";

type Props = { page: PageOf<"ownData"> };

const wordsOf = (step: OwnCaseData["steps"][number]): string =>
  ["reason", "answer", "note", "text", "comment"]
    .map((name) => step.words[name])
    .filter((word) => typeof word === "string" && word !== "")
    .join(" ");

function CaseData({ item, page }: Props & { item: OwnCaseData }) {
  const t = privacyTexts[page.language].data;
  const p = portalTexts[page.language];
  const { place, reporter, rating } = item;
  const where = [place.name, place.lon !== undefined && `${place.lon}, ${place.lat}`].filter(Boolean).join(" · ");
  return (
    <section className="card">
      <h3>
        {item.number} · {item.category[page.language]} · {caseLabels[page.language].state[item.state]}
      </h3>
      <dl className="facts">
        {item.text && (
          <>
            <dt>{t.said}</dt>
            <dd>{item.text}</dd>
          </>
        )}
        {where && (
          <>
            <dt>{t.place}</dt>
            <dd>{where}</dd>
          </>
        )}
        {reporter && (
          <>
            <dt>{t.name}</dt>
            <dd>{[reporter.name, reporter.phone].filter(Boolean).join(" · ") || t.none}</dd>
          </>
        )}
        {rating && (
          <>
            <dt>{t.rating}</dt>
            <dd>
              {t.resolved[String(rating.resolved)]} · {p.follow.levels[rating.satisfaction - 1]} {rating.comment}
            </dd>
          </>
        )}
        {item.photos.length > 0 && (
          <>
            <dt>{t.photos}</dt>
            <dd>
              {item.photos.map((photo, i) => (
                <a key={photo} href={new URL(photo).pathname + new URL(photo).search}>
                  {i + 1}{" "}
                </a>
              ))}
            </dd>
          </>
        )}
      </dl>
      <h4>{t.steps}</h4>
      <ol className="history">
        {item.steps.map((step) => (
          <li key={`${step.at}${step.type}`}>
            <p>
              {p.events[step.type] ?? step.type} {step.unitId && page.unitNames[step.unitId]}
            </p>
            {wordsOf(step) && <p className="hint">{wordsOf(step)}</p>}
            <time dateTime={step.at}>{momentText(step.at, page.language)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Everything that the house keeps about the reader, to read. */
export function OwnData({ page }: Props) {
  const texts = privacyTexts[page.language];
  const t = texts.data;
  const { account, cases, looks } = page.data;
  const labels = privacyLabels[page.language];
  const roles: Record<string, string> = labels.role;
  return (
    <Frame shell={page} title={t.title}>
      <h1>{t.title}</h1>
      <p className="meta">{momentText(page.data.madeAt, page.language)}</p>
      <div className="buttons">
        <a className="button second" href={`${page.base}/data.json`} download>
          {texts.file}
        </a>
      </div>
      {account && (
        <>
          <h2>{t.account}</h2>
          <p>
            {t.phone} {account.phone} · {t.since} {momentText(account.since, page.language)}
          </p>
          <h3>{t.sessions}</h3>
          <ul>
            {account.sessions.map((session) => (
              <li key={session.createdAt}>
                {session.device} · {momentText(session.seenAt, page.language)}
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{t.cases}</h2>
      {cases.length === 0 && <p>{t.none}</p>}
      {cases.map((item) => (
        <CaseData key={item.number} item={item} page={page} />
      ))}
      <h2>{texts.looks}</h2>
      {looks.length === 0 && <p>{texts.noLooks}</p>}
      <ul>
        {looks.map((look) => (
          <li key={look.id}>
            {momentText(look.at, page.language)} · {look.unitId && page.unitNames[look.unitId]} {roles[look.role]} ·{" "}
            {labels.purpose[look.purpose]} {look.note}
          </li>
        ))}
      </ul>
      <p>
        <a href={`${page.base}/privacy`}>{texts.title}</a>
      </p>
    </Frame>
  );
}

/** What is kept, why and how long, for everybody. */
export function PrivacyNotice({ page }: { page: PageOf<"privacyNotice"> }) {
  const t = privacyTexts[page.language].notice;
  return (
    <Frame shell={page} title={t.title}>
      <h1>{t.title}</h1>
      <p className="hint">{t.hint}</p>
      {page.purposes.map(({ name, necessity, safeguards, kept }) => (
        <section key={name}>
          <h2>{name}</h2>
          <dl className="facts">
            <dt>{t.why}</dt>
            <dd>{necessity}</dd>
            <dt>{t.how}</dt>
            <dd>{safeguards}</dd>
            <dt>{t.what}</dt>
            <dd>
              <ul className="how">
                {kept.map((each) => (
                  <li key={`${each.what}${each.until}`}>
                    {each.what}
                    <span className="meta">
                      {" "}
                      {each.days === undefined ? t.record : `${each.until} · ${t.days(each.days)}`}
                    </span>
                  </li>
                ))}
              </ul>
            </dd>
          </dl>
        </section>
      ))}
    </Frame>
  );
}
