import type { CaseRecord } from "@linge/domain/case/record.ts";
import { privacyLabels } from "@linge/domain/privacy/labels.ts";
import { lookPurposes } from "@linge/domain/privacy/look.ts";
import { useRef, useState, type FormEvent } from "react";
import { api } from "./api.ts";
import { useTexts } from "./language.tsx";
import { usePrivacyTexts } from "./privacy/texts.ts";

/** Who reported, masked; the whole of it for a purpose that is recorded and that the person can see. */
export function Reporter({ record }: { record: CaseRecord }) {
  const { t, language } = useTexts();
  const words = usePrivacyTexts().t.look;
  const [reporter, setReporter] = useState(record.reporter);
  const [text, setText] = useState("");
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState("");
  // One id for one look: sent again over a bad line, it is still one.
  const id = useRef(crypto.randomUUID());
  if (!reporter || (!reporter.name && !reporter.phone)) return <span className="quiet">{t.noReporter}</span>;
  const show = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const note = String(form.get("note")).trim();
    try {
      const seen = await api.reporter(record.id, {
        id: id.current,
        purpose: String(form.get("purpose")),
        ...(note && { note }),
      });
      id.current = crypto.randomUUID();
      setReporter(seen.reporter);
      setText(seen.text === record.text ? "" : seen.text);
      setAsking(false);
      setProblem("");
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <>
      {reporter.name} {reporter.phone}{" "}
      {asking ? (
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
          <button type="button" onClick={() => setAsking(false)}>
            {t.cancel}
          </button>
          <p className="quiet">{words.hint}</p>
          {problem && (
            <p className="problem" role="alert">
              {problem}
            </p>
          )}
        </form>
      ) : (
        <button className="link" onClick={() => setAsking(true)}>
          {t.unmask}
        </button>
      )}
      {text && <p className="said">{text}</p>}
    </>
  );
}
