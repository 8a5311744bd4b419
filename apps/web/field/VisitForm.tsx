import { visitLabels } from "@linge/domain/visit/labels.ts";
import { visitNeeds } from "@linge/domain/visit/visit.ts";
import type { Entry } from "@linge/sync/outbox/entry.ts";
import type { JsonObject } from "@linge/sync/json.ts";
import { useRef } from "react";
import { DayPicker } from "./DayPicker.tsx";
import type { VisitOnPhone } from "./phone/records.ts";
import { reasonText } from "./reason.ts";
import { today } from "./today.ts";
import { useDraft } from "./useDraft.ts";
import { usePhone, useTexts } from "./use.tsx";
import { Problem } from "./Problem.tsx";

const asText = (value: unknown): string => (typeof value === "boolean" ? (value ? "yes" : "no") : String(value ?? ""));

/** The form's fields of a visit, from a command that is corrected, or what is known of the door. */
function firstValues(visit: VisitOnPhone | undefined, amending: Entry | undefined): Record<string, string> {
  const fields = (amending?.command.data.fields ?? {}) as Record<string, unknown>;
  const known = { met: "yes", ...visit?.values, ...fields, grid: amending?.command.data.areaCode ?? visit?.areaCode };
  return Object.fromEntries(Object.entries(known).map(([name, value]) => [name, asText(value)]));
}

function fieldsOf(values: Record<string, string>, visit: VisitOnPhone | undefined): Record<string, string | boolean> {
  const met = values.met !== "no";
  const agreed = met && values.agreed === "yes";
  const fields: Record<string, string | boolean> = {
    ...(!visit && { door: (values.door ?? "").trim(), dueOn: values.visitedOn ?? today() }),
    visitedOn: values.visitedOn || today(),
    met,
    ...(met && { agreed }),
  };
  // Only what was touched is said: what a colleague noted meanwhile of other needs stands.
  for (const need of visitNeeds) {
    const wanted = agreed && values[`need.${need}`] === "yes";
    if (wanted !== Boolean(visit?.values[`need.${need}`])) fields[`need.${need}`] = wanted;
  }
  return fields;
}

type Props = { visit?: VisitOnPhone; amending?: Entry; onDone?: (difficulty: boolean) => void };

/** What was found at a door: who was in, what they agreed to ask for, when to come again. No words about persons. */
export function VisitForm({ visit, amending, onDone }: Props) {
  const { t, language } = useTexts();
  const { phone, state } = usePhone();
  const name = `visit/${amending?.command.id ?? visit?.id ?? "new"}`;
  const { draft, problem, set, finish } = useDraft(name, firstValues(visit, amending));
  const saving = useRef(false);
  const { values } = draft;
  const isNew = !visit;
  const field = (key: string) => ({
    value: values[key] ?? "",
    onChange: (event: { target: { value: string } }) => set({ [key]: event.target.value }),
  });
  const tick = (key: string) => ({
    checked: values[key] === "yes",
    onChange: (event: { target: { checked: boolean } }) => set({ [key]: event.target.checked ? "yes" : "no" }),
  });
  const areaCode = visit?.areaCode ?? values.grid ?? "";
  const save = async (): Promise<void> => {
    const recordId = amending?.command.recordId ?? visit?.id ?? crypto.randomUUID();
    const data: JsonObject = { ...(isNew && { areaCode }), fields: fieldsOf(values, visit) };
    if (amending) await phone.amend(amending, data);
    else await phone.give({ kind: "visit", recordId, type: "edit", data });
    if (!values.again) return;
    const door = visit?.values.door ?? values.door ?? "";
    const next: JsonObject = { areaCode, fields: { door, dueOn: values.again } };
    await phone.give({ kind: "visit", recordId: crypto.randomUUID(), type: "edit", data: next });
  };
  const submit = async (difficulty: boolean): Promise<void> => {
    if (saving.current) return;
    saving.current = true;
    const door = visit?.values.door ?? values.door ?? "";
    const kept = await finish(save);
    saving.current = false;
    if (!kept) return;
    void phone.sync();
    if (difficulty) {
      await phone.keepDraft("report", { values: { place: door, grid: areaCode }, media: [] });
      location.hash = "#/report";
    } else if (onDone) onDone(difficulty);
    else location.hash = amending ? "#/waiting" : "#/today";
  };
  return (
    <form
      className="visit"
      onSubmit={(event) => {
        event.preventDefault();
        const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
        void submit(button?.value === "difficulty");
      }}
    >
      <h1>{isNew ? t.visit.head : t.visit.went}</h1>
      {amending?.reason && (
        <p className="problem">
          {t.waiting.notAccepted}
          {reasonText(amending.reason, language)}
        </p>
      )}
      <Problem text={problem} />
      {isNew && (
        <>
          <label>
            {t.visit.door}
            <input required maxLength={60} placeholder={t.visit.doorHint} {...field("door")} />
          </label>
          <label>
            {t.visit.grid}
            <select required {...field("grid")}>
              <option value="" />
              {state.basics.grids.map((grid) => (
                <option key={grid.code} value={grid.code}>
                  {grid[language]}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      <div className="verbs two" role="group" aria-label={visitLabels[language].field.met}>
        {(["yes", "no"] as const).map((met) => (
          <button key={met} type="button" aria-pressed={(values.met ?? "yes") === met} onClick={() => set({ met })}>
            {met === "yes" ? t.visit.met : t.visit.notIn}
          </button>
        ))}
      </div>
      {values.met !== "no" && (
        <>
          <label className="tick">
            <input type="checkbox" {...tick("agreed")} />
            {t.visit.agreed}
          </label>
          {values.agreed === "yes" && (
            <fieldset>
              <legend>{t.visit.needs}</legend>
              {visitNeeds.map((need) => (
                <label key={need} className="tick">
                  <input type="checkbox" {...tick(`need.${need}`)} />
                  {visitLabels[language].need[need]}
                </label>
              ))}
            </fieldset>
          )}
        </>
      )}
      <DayPicker label={t.visit.again} day={values.again ?? ""} onDay={(again) => set({ again })} />
      <div className="verbs">
        <button className="main">{t.sheet.save}</button>
        <button value="difficulty">{t.visit.trouble}</button>
        {onDone && (
          <button type="button" onClick={() => onDone(false)}>
            {t.sheet.cancel}
          </button>
        )}
      </div>
    </form>
  );
}
