import { useState, type FormEvent } from "react";
import { useSettingsTexts } from "./texts.ts";
import type { Draft } from "./useDocument.ts";

/** Saves what was changed as a new version, with a word of why; or lets it go. */
export function SaveBar({ draft, onDiscard }: { draft: Draft; onDiscard: () => void }) {
  const { t } = useSettingsTexts();
  const [problem, setProblem] = useState("");
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const note = String(new FormData(event.currentTarget).get("note")).trim();
    try {
      setProblem("");
      await draft.save(note);
      onDiscard();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <form className="save-bar" onSubmit={(event) => void save(event)}>
      <strong>{t.changed(draft.changes.length)}</strong>
      <input name="note" aria-label={t.why} placeholder={t.why} maxLength={200} />
      <button className="primary" disabled={draft.problems.length > 0}>
        {t.save}
      </button>
      <button
        type="button"
        onClick={() => {
          draft.discard();
          onDiscard();
        }}
      >
        {t.discard}
      </button>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
