import type { CaseRecord } from "@linge/domain/case/record.ts";
import { privacyLabels } from "@linge/domain/privacy/labels.ts";
import { lookPurposes } from "@linge/domain/privacy/look.ts";
import { useRef, useState, type FormEvent } from "react";
import { api } from "./api.ts";
import { useTexts } from "./language.tsx";
import { usePrivacyTexts } from "./privacy/texts.ts";

export type Seen = { reporter: CaseRecord["reporter"]; text: string };

type Props = { caseId: string; onSeen: (seen: Seen) => void; onCancel: () => void };

/** Asks what for, before the whole of a reporter is shown; the answer is recorded and the person can see it. */
export function LookForm({ caseId, onSeen, onCancel }: Props) {
  const { t, language } = useTexts();
  const words = usePrivacyTexts().t.look;
  const [problem, setProblem] = useState("");
  // One id for one look: sent again over a bad line, it is still one.
  const id = useRef(crypto.randomUUID());
  const show = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const note = String(form.get("note")).trim();
    try {
      const purpose = String(form.get("purpose"));
      onSeen(await api.reporter(caseId, { id: id.current, purpose, ...(note && { note }) }));
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <form className="look" onSubmit={(event) => void show(event)}>
      <label>
        {words.purpose}{" "}
        <select name="purpose" required autoFocus defaultValue="">
          <option value="" disabled>
            {words.choose}
          </option>
          {lookPurposes.map((purpose) => (
            <option key={purpose} value={purpose}>
              {privacyLabels[language].purpose[purpose]}
            </option>
          ))}
        </select>
      </label>{" "}
      <label>
        {words.note} <input name="note" maxLength={200} />
      </label>{" "}
      <button className="primary">{words.show}</button>{" "}
      <button type="button" onClick={onCancel}>
        {t.cancel}
      </button>
      <p className="quiet">{words.hint}</p>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
