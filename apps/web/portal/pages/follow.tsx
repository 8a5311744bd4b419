import { caseLabels } from "@linge/domain/case/labels.ts";
import { dayText } from "../../ui/time.ts";
import type { PageOf } from "../model.ts";
import { Frame, Guard, Trouble } from "../shell.tsx";
import { portalTexts } from "../texts.ts";
import { History } from "./history.tsx";
import { LightMark } from "./list.tsx";
import { OwnDataPart } from "./privacy.tsx";
import { ReceiptPart } from "./receipt.tsx";

type Props = { page: PageOf<"follow"> };

/** The promise as it stands, also when it was not kept. */
function Promise({ page }: Props) {
  const t = portalTexts[page.language].follow;
  const { light, dueAt, suspendedSince } = page.case;
  const day = dayText(dueAt, page.language);
  if (light === "done") return null;
  if (light === "paused") return <p>{t.paused(dayText(suspendedSince!, page.language))}</p>;
  if (light === "red") return <p className="problem">{t.overdue(day)}</p>;
  return (
    <p>
      <strong>{t.due(day)}</strong> <LightMark item={page.case} language={page.language} />
    </p>
  );
}

function RatingForm({ page }: Props) {
  const t = portalTexts[page.language].follow;
  return (
    <form className="card" method="post" action={`/f/${page.token}/rate`}>
      <Guard page={page} />
      <fieldset>
        <legend>{t.rateTitle}</legend>
        <label className="choice">
          <input type="radio" name="resolved" value="yes" required />
          {t.yes}
        </label>
        <label className="choice">
          <input type="radio" name="resolved" value="no" />
          {t.no}
        </label>
      </fieldset>
      <fieldset>
        <legend>{t.satisfaction}</legend>
        {t.levels.map((level, i) => (
          <label key={level} className="choice">
            <input type="radio" name="satisfaction" value={i + 1} required />
            {level}
          </label>
        ))}
      </fieldset>
      <label htmlFor="comment">{t.comment}</label>
      <textarea id="comment" name="comment" maxLength={1000} />
      <div className="buttons">
        <button className="button">{t.rate}</button>
      </div>
    </form>
  );
}

function Small({
  page,
  action,
  field,
  label,
  button,
}: Props & { action: string; field: string; label: string; button: string }) {
  return (
    <details>
      <summary>{button}</summary>
      <form method="post" action={`/f/${page.token}/${action}`}>
        <Guard page={page} />
        <label htmlFor={`${action}-${field}`}>{label}</label>
        <textarea id={`${action}-${field}`} name={field} required maxLength={1000} />
        <div className="buttons">
          <button className="button second">{button}</button>
        </div>
      </form>
    </details>
  );
}

function Facts({ page }: Props) {
  const t = portalTexts[page.language].follow;
  const item = page.case;
  return (
    <dl className="facts">
      <dt>{t.category}</dt>
      <dd>{item.categoryName}</dd>
      <dt>{t.place}</dt>
      <dd>{[item.areaName[page.language], item.place?.name].filter(Boolean).join(" ")}</dd>
      {item.leadUnit && (
        <>
          <dt>{t.unit}</dt>
          <dd>{item.leadUnit[page.language]}</dd>
        </>
      )}
      <dt>{t.said}</dt>
      <dd>{item.fullText}</dd>
    </dl>
  );
}

export function Follow({ page }: Props) {
  const t = portalTexts[page.language].follow;
  const item = page.case;
  const can = (type: string): boolean => page.can.includes(type);
  return (
    <Frame shell={page} title={t.title(item.number)}>
      <p className="step">{t.title(item.number)}</p>
      <h1>{caseLabels[page.language].state[item.state]}</h1>
      {page.notice && (
        <p className="notice" role="status">
          {page.notice}
        </p>
      )}
      <Trouble message={page.problem?.message} />
      <Promise page={page} />
      {item.ended && (
        <p>
          {t.ended(item.ended.reason)} {item.ended.channel && t.channel(item.ended.channel)}
        </p>
      )}
      {item.reopening && !item.reopening.decided && <p className="notice">{t.reopenAsked}</p>}
      {item.reopening?.decided && !item.reopening.decided.granted && (
        <p>{t.reopenRefused(item.reopening.decided.reason)}</p>
      )}
      {item.answer && (
        <div className="card">
          <strong>{t.answer}</strong>
          <p>{item.answer}</p>
        </div>
      )}
      {can("confirmResolved") && (
        <form method="post" action={`/f/${page.token}/confirm`}>
          <Guard page={page} />
          <div className="buttons">
            <button className="button">{t.confirm}</button>
          </div>
        </form>
      )}
      {item.ratingOpen && <RatingForm page={page} />}
      {item.rating && <p>{t.rated}</p>}
      <Facts page={page} />
      {item.photos.length > 0 && (
        <div className="photos">
          {item.photos.map((id) => (
            <img key={id} src={`/photos/${id}?size=small&link=${page.token}`} alt="" />
          ))}
        </div>
      )}
      <h2>{t.history}</h2>
      <History events={page.timeline} language={page.language} unitNames={page.unitNames} />
      <ReceiptPart page={page} />
      <OwnDataPart language={page.language} looks={page.looks} token={page.token} />
      {can("addInformation") && <Small page={page} action="add" field="text" label={t.addLabel} button={t.add} />}
      {can("requestReopening") && !item.ratingOpen && (
        <Small page={page} action="reopen" field="reason" label={t.reopenReason} button={t.reopen} />
      )}
      {can("withdraw") && (
        <Small page={page} action="withdraw" field="reason" label={t.withdrawReason} button={t.withdraw} />
      )}
    </Frame>
  );
}
