import { privacyLabels } from "@linge/domain/privacy/labels.ts";
import { retentionKeys, type RetentionTable } from "@linge/domain/privacy/retention.ts";
import { useState, type FormEvent } from "react";
import { privacy, type RetentionState } from "./api.ts";
import { usePrivacyTexts } from "./texts.ts";

/** Where an administrator changes how long data is kept, within what the house allows; each save is a new version. */
export function RetentionForm({ state, onSaved }: { state: RetentionState; onSaved: (state: RetentionState) => void }) {
  const { t, language } = usePrivacyTexts();
  const words = t.retention;
  const { version, document } = state.settings;
  const [problem, setProblem] = useState("");
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const retention = Object.fromEntries(retentionKeys.map((key) => [key, Number(form.get(key))])) as RetentionTable;
    try {
      onSaved(await privacy.saveSettings(version, { ...document, retention, nightly: form.get("nightly") === "1" }));
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <details>
      <summary>{words.edit}</summary>
      <form className="command" onSubmit={(event) => void save(event)}>
        {retentionKeys.map((key) => {
          const { least, most } = state.rules[key];
          return (
            <label key={key}>
              {privacyLabels[language].retention[key].name} <span className="quiet">{words.bounds(least, most)}</span>
              <input
                type="number"
                name={key}
                min={least}
                max={most}
                required
                readOnly={least === most}
                defaultValue={document.retention[key]}
              />
            </label>
          );
        })}
        <label className="tick">
          <input type="checkbox" name="nightly" value="1" defaultChecked={document.nightly} /> {words.nightly}
        </label>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <button className="primary">{words.save}</button>
      </form>
    </details>
  );
}
