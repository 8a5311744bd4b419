import { privacyLabels } from "@linge/domain/privacy/labels.ts";
import type { OwnLook } from "@linge/server/features/privacy/looks.ts";
import { dayText, momentText } from "../../ui/time.ts";
import type { PageOf } from "../model.ts";
import { Frame, Guard, Trouble } from "../shell.tsx";
import { privacyTexts } from "../privacyTexts.ts";

type Props = { page: PageOf<"privacy"> };

/** On the page of a case: how often somebody looked, and the way to the rest. */
export function OwnDataPart({ language, looks, token }: { language: "zh" | "en"; looks: number; token: string }) {
  const t = privacyTexts[language];
  return (
    <section aria-labelledby="own-data">
      <h2 id="own-data">{t.part}</h2>
      <p className="hint">{t.partHint(looks)}</p>
      <div className="buttons">
        <a className="button second" href={`/f/${token}/privacy`}>
          {t.partGo}
        </a>
      </div>
    </section>
  );
}

function whoLooked({ role, unitId }: OwnLook, page: Props["page"]): string {
  const roles: Record<string, string> = privacyLabels[page.language].role;
  const unit = unitId && page.unitNames[unitId];
  return [unit, roles[role] ?? role].filter(Boolean).join(" · ");
}

function Look({ look, page }: { look: OwnLook; page: Props["page"] }) {
  const t = privacyTexts[page.language];
  const labels = privacyLabels[page.language];
  const { objection } = look;
  const outcomes: Record<string, string> = labels.outcome;
  return (
    <li>
      <strong>{whoLooked(look, page)}</strong>
      <p>
        {labels.purpose[look.purpose]}
        {look.note && `：${look.note}`}
      </p>
      <p className="meta">
        <time dateTime={look.at}>{momentText(look.at, page.language)}</time> {page.cases.length > 1 && look.number}
      </p>
      {objection ? (
        <p className="notice">
          {objection.outcome
            ? t.answered(outcomes[objection.outcome] ?? "", objection.answer ?? "")
            : t.objected(dayText(objection.dueAt, page.language))}
        </p>
      ) : (
        <details>
          <summary>{t.objectTo}</summary>
          <form method="post" action={`${page.base}/privacy/object`}>
            <Guard page={page} />
            <input type="hidden" name="id" value={page.freshId} />
            <input type="hidden" name="look" value={look.id} />
            <input type="hidden" name="caseId" value={look.subject} />
            <label htmlFor={`object-${look.id}`}>{t.objectWhy}</label>
            <textarea id={`object-${look.id}`} name="text" required minLength={2} maxLength={1000} />
            <div className="buttons">
              <button className="button second">{t.object}</button>
            </div>
          </form>
        </details>
      )}
    </li>
  );
}

function Requests({ page }: Props) {
  const t = privacyTexts[page.language];
  const labels = privacyLabels[page.language];
  const outcomes: Record<string, string> = labels.outcome;
  return (
    <>
      <h2>{t.requests}</h2>
      <p className="hint">{t.requestHint(page.answerDays)}</p>
      {page.requests.length > 0 && (
        <ul className="list">
          {page.requests.map((request) => (
            <li key={request.id}>
              <strong>{labels.request[request.kind]}</strong> {request.number}
              {request.text && <p>{request.text}</p>}
              <p className="meta">
                {request.decided
                  ? t.decided(outcomes[request.decided.outcome] ?? "", dayText(request.decided.at, page.language))
                  : t.due(dayText(request.dueAt, page.language))}
              </p>
              {request.decided?.answer && <p>{request.decided.answer}</p>}
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>{t.ask}</summary>
        <form method="post" action={`${page.base}/privacy/request`}>
          <Guard page={page} />
          <input type="hidden" name="id" value={page.freshId} />
          <fieldset>
            <legend>{t.which}</legend>
            {(["correction", "deletion", "access"] as const).map((kind) => (
              <label key={kind} className="choice">
                <input type="radio" name="kind" value={kind} required />
                {labels.request[kind]}
              </label>
            ))}
          </fieldset>
          {page.cases.length > 1 && (
            <>
              <label htmlFor="about">{t.about}</label>
              <select id="about" name="caseId" defaultValue="">
                <option value="">{t.all}</option>
                {page.cases.map(({ id, number }) => (
                  <option key={id} value={id}>
                    {number}
                  </option>
                ))}
              </select>
            </>
          )}
          <label htmlFor="words">{t.words}</label>
          <textarea id="words" name="text" maxLength={1000} />
          <div className="buttons">
            <button className="button">{t.send}</button>
          </div>
        </form>
      </details>
    </>
  );
}

function Forget({ page }: Props) {
  const t = privacyTexts[page.language];
  const single = page.cases.length === 1 ? page.cases[0] : undefined;
  const able = page.cases.filter(({ ended, removed }) => ended && !removed);
  return (
    <>
      <h2>{t.forget}</h2>
      <p className="hint">{t.forgetHint(page.identityDays)}</p>
      {single?.removed && <p>{t.forgotten}</p>}
      {single && !single.ended && <p>{t.forgetOpen}</p>}
      {able.map(({ id, number }) => (
        <details key={id}>
          <summary>{t.forgetGo(number)}</summary>
          <form method="post" action={`${page.base}/privacy/forget`}>
            <Guard page={page} />
            <input type="hidden" name="id" value={page.freshId} />
            <input type="hidden" name="caseId" value={id} />
            <label className="choice alone">
              <input type="checkbox" name="sure" value="1" required />
              {t.sure}
            </label>
            <div className="buttons">
              <button className="button">{t.forgetGo(number)}</button>
            </div>
          </form>
        </details>
      ))}
    </>
  );
}

export function Privacy({ page }: Props) {
  const t = privacyTexts[page.language];
  const mine = page.base === "/me";
  return (
    <Frame shell={page} title={t.title}>
      <h1>{t.title}</h1>
      {page.notice && (
        <p className="notice" role="status">
          {page.notice}
        </p>
      )}
      <Trouble problem={page.problem} />
      <h2>{t.looks}</h2>
      <p className="hint">{t.looksHint}</p>
      {page.looks.length === 0 ? (
        <p>{t.noLooks}</p>
      ) : (
        <ol className="list">
          {page.looks.map((look) => (
            <Look key={look.id} look={look} page={page} />
          ))}
        </ol>
      )}
      <Requests page={page} />
      <Forget page={page} />
      <h2>{t.export}</h2>
      <p className="hint">{t.exportHint}</p>
      {!mine && <p className="hint">{t.linkMasked}</p>}
      <div className="buttons">
        <a className="button second" href={`${page.base}/data`}>
          {t.read}
        </a>
        <a className="button plain" href={`${page.base}/data.json`} download>
          {t.file}
        </a>
      </div>
      {mine && (
        <>
          <h2>{t.leave}</h2>
          <p className="hint">{t.leaveHint}</p>
          <form method="post" action="/me/leave">
            <Guard page={page} />
            <label className="choice alone">
              <input type="checkbox" name="sure" value="1" required />
              {t.leaveGo}
            </label>
            <div className="buttons">
              <button className="button second">{t.leave}</button>
            </div>
          </form>
        </>
      )}
      <p>
        <a href={page.base}>{mine ? t.backMe : t.back}</a>
      </p>
    </Frame>
  );
}
