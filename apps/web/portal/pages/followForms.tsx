import type { ReactNode } from "react";
import type { PageOf } from "../model.ts";
import { Guard } from "../shell.tsx";
import { portalTexts } from "../texts.ts";
import { PhotoField } from "./photos.tsx";

type Props = { page: PageOf<"follow"> };

/** A form of the follow page. Its id travels with it, so that sending it twice does it once. */
function StepForm({ page, action, children, card }: Props & { action: string; children: ReactNode; card?: boolean }) {
  return (
    <form
      id={action}
      className={card ? "card" : undefined}
      method="post"
      action={`/f/${page.token}/${action}`}
      encType="multipart/form-data"
      data-sending={portalTexts[page.language].more.sending}
    >
      <Guard page={page} />
      <input type="hidden" name="commandId" value={page.commandId} />
      {children}
    </form>
  );
}

/** What was typed in this form before it was refused. */
const typed = (page: PageOf<"follow">, action: string, field: string): string =>
  page.at === action ? (page.typed[field] ?? "") : "";

/** The unit's answer, and the shortest way to say that it is right. */
export function Answer({ page }: Props) {
  const t = portalTexts[page.language].follow;
  return (
    <>
      {page.case.answer && (
        <div className="card answer">
          <strong>{t.answer}</strong>
          <p>{page.case.answer}</p>
        </div>
      )}
      {page.can.includes("confirmResolved") && (
        <StepForm page={page} action="confirm">
          <div className="buttons">
            <button className="button">{t.confirm}</button>
          </div>
        </StepForm>
      )}
    </>
  );
}

export function RatingForm({ page }: Props) {
  const t = portalTexts[page.language].follow;
  return (
    <StepForm page={page} action="rate" card>
      <fieldset>
        <legend>{t.rateTitle}</legend>
        {(["yes", "no"] as const).map((value) => (
          <label key={value} className="choice">
            <input
              type="radio"
              name="resolved"
              value={value}
              required
              defaultChecked={typed(page, "rate", "resolved") === value}
            />
            {t[value]}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t.satisfaction}</legend>
        {t.levels.map((level, i) => (
          <label key={level} className="choice">
            <input
              type="radio"
              name="satisfaction"
              value={i + 1}
              required
              defaultChecked={typed(page, "rate", "satisfaction") === String(i + 1)}
            />
            {level}
          </label>
        ))}
      </fieldset>
      <label htmlFor="comment">{t.comment}</label>
      <textarea id="comment" name="comment" rows={3} defaultValue={typed(page, "rate", "comment")} />
      <PhotoField page={page} label={t.photo} name="rate-photos" kept={typed(page, "rate", "photos")} />
      <div className="buttons">
        <button className="button">{t.rate}</button>
      </div>
    </StepForm>
  );
}

type SmallProps = Props & {
  action: string;
  field: "text" | "reason";
  label: string;
  button: string;
  photos?: boolean;
};

/** A step with one thing to write, folded until it is wanted. */
function Small({ page, action, field, label, button, photos }: SmallProps) {
  const t = portalTexts[page.language].follow;
  const id = `${action}-${field}`;
  return (
    <details open={page.at === action}>
      <summary>{button}</summary>
      <StepForm page={page} action={action}>
        <label htmlFor={id}>{label}</label>
        <textarea id={id} name={field} required rows={3} defaultValue={typed(page, action, field)} />
        {photos && (
          <PhotoField page={page} label={t.photo} name={`${action}-photos`} kept={typed(page, action, "photos")} />
        )}
        <div className="buttons">
          <button className="button second">{button}</button>
        </div>
      </StepForm>
    </details>
  );
}

/** What else the one who reported can do, as the case stands. */
export function OtherSteps({ page }: Props) {
  const t = portalTexts[page.language].follow;
  const can = (type: string): boolean => page.can.includes(type);
  const asked = page.case.reopening && !page.case.reopening.decided;
  const reopen = page.at === "reopen" || (can("requestReopening") && !page.case.ratingOpen && !asked);
  const steps = [
    can("addInformation") && (
      <Small key="add" page={page} action="add" field="text" label={t.addLabel} button={t.add} photos />
    ),
    reopen && (
      <Small key="reopen" page={page} action="reopen" field="reason" label={t.reopenReason} button={t.reopen} photos />
    ),
    can("withdraw") && (
      <Small key="withdraw" page={page} action="withdraw" field="reason" label={t.withdrawReason} button={t.withdraw} />
    ),
  ].filter(Boolean);
  return steps.length ? (
    <>
      <h2>{t.more}</h2>
      {steps}
    </>
  ) : null;
}
