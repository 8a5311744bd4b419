import { useEffect, useRef, useState } from "react";
import { MediaPicker } from "./MediaPicker.tsx";
import { Questions } from "./Questions.tsx";
import { reasonText } from "./reason.ts";
import { reportBody, valuesOfReport } from "./reportBody.ts";
import { Suggested } from "./Suggested.tsx";
import { emptyDraft, useDraft } from "./useDraft.ts";
import { usePhone, useTexts } from "./use.tsx";
import { Problem } from "./Problem.tsx";

/** A report, or one that was not accepted and is changed; every keystroke is kept. */
export function Report({ editing }: { editing?: string }) {
  const { t, language } = useTexts();
  const { phone, state } = usePhone();
  const refused = state.entries.find(({ command }) => command.id === editing && command.type === "report");
  const before = refused && valuesOfReport(refused.command.data);
  const { draft, problem, setProblem, change, set, finish } = useDraft(
    refused ? `report/${editing}` : "report",
    before,
  );
  const [status, setStatus] = useState("");
  const saving = useRef(false);
  const { values } = draft;
  // The record's id is kept with the draft: killed between saving and clearing the form, it is one report, not two. Each
  // tab has an id of its own; a draft whose id has been saved already, here or in another tab, is let go.
  const [recordId, setRecordId] = useState(() => crypto.randomUUID() as string);
  const saved = [...state.entries.map(({ command }) => command.recordId), ...state.cases.map(({ id }) => id)];
  const leftover = !refused && values.recordId !== recordId && saved.includes(values.recordId ?? "");
  useEffect(() => {
    if (leftover) change(emptyDraft);
  }, [leftover]);
  const note = (part: Record<string, string>): void => set({ recordId, ...part });
  const category = state.basics.categories.find(({ id }) => id === values.categoryId);
  const field = (name: string) => ({
    value: values[name] ?? "",
    onChange: (event: { target: { value: string } }) => {
      setStatus("");
      note({ [name]: event.target.value });
    },
  });
  const locate = (): void =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        set({ lon: coords.longitude.toFixed(6), lat: coords.latitude.toFixed(6) });
        setStatus(t.report.located);
      },
      () => setStatus(t.report.noLocation),
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  const save = async (): Promise<void> => {
    if ((values.phone || values.name) && !values.consent) return setProblem(t.report.needConsent);
    // Two taps on the button keep one thing.
    if (saving.current) return;
    saving.current = true;
    const body = reportBody(values, category, draft.media);
    const kept = await finish(() =>
      refused
        ? phone.amend(refused, { ...keptMedia(refused.command.data), ...body }, draft.media)
        : phone.give({ kind: "case", recordId, type: "report", data: body }, draft.media),
    );
    saving.current = false;
    if (!kept) return;
    setRecordId(crypto.randomUUID());
    setStatus(t.sheet.saved);
    if (refused) location.hash = "#/waiting";
    void phone.sync();
  };
  return (
    <form
      className="report"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h1>{t.report.head}</h1>
      {!refused && (
        <a className="button wide" href="#/visit/new">
          {t.report.visit}
        </a>
      )}
      {refused?.reason && (
        <p className="problem">
          {t.waiting.notAccepted}
          {reasonText(refused.reason, language)}
        </p>
      )}
      {status && (
        <p className="good" role="status">
          {status}
        </p>
      )}
      <Problem text={problem} />
      <label>
        {t.report.text}
        <textarea required minLength={2} maxLength={4000} placeholder={t.report.textHint} {...field("text")} />
      </label>
      <Suggested
        text={values.text ?? ""}
        chosen={values.categoryId ?? ""}
        onChoose={(categoryId) => note({ categoryId })}
      />
      <label>
        {t.report.category}
        <select required {...field("categoryId")}>
          <option value="">{t.report.choose}</option>
          {state.basics.categories.map((each) => (
            <option key={each.id} value={each.id}>
              {each[language]}
            </option>
          ))}
        </select>
      </label>
      {category && (
        <Questions category={category} values={values} onAnswer={(id, value) => set({ [`answer.${id}`]: value })} />
      )}
      <MediaPicker media={draft.media} onMedia={(media) => change({ ...draft, media })} onProblem={setProblem} />
      <fieldset>
        <legend>{t.report.place}</legend>
        <label>
          {t.report.placeHint}
          <input maxLength={200} {...field("place")} />
        </label>
        <label>
          {t.report.grid}
          <select {...field("grid")}>
            <option value="">{t.report.gridNone}</option>
            {state.basics.grids.map((grid) => (
              <option key={grid.code} value={grid.code}>
                {grid[language]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="wide" onClick={locate}>
          {t.report.locate}
        </button>
        {values.lon && <p className="quiet">{t.report.located}</p>}
      </fieldset>
      <details open={Boolean(values.name || values.phone)}>
        <summary>{t.report.forSomeone}</summary>
        <label>
          {t.report.name}
          <input maxLength={60} {...field("name")} />
        </label>
        <label>
          {t.report.phone}
          <input type="tel" maxLength={20} pattern="[+\d][\d \-]{4,19}" {...field("phone")} />
        </label>
        <label className="tick">
          <input
            type="checkbox"
            checked={Boolean(values.consent)}
            onChange={(event) => set({ consent: event.target.checked ? "yes" : "" })}
          />
          {t.report.consent}
        </label>
      </details>
      <button className="main">{t.sheet.save}</button>
    </form>
  );
}

/** Photos and recordings that the report had before it was corrected. */
const keptMedia = ({ photos, recordings }: { photos?: unknown; recordings?: unknown }) =>
  ({ ...(photos !== undefined && { photos }), ...(recordings !== undefined && { recordings }) }) as Record<
    string,
    string[]
  >;
