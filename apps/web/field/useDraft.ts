import { useEffect, useState } from "react";
import { failureText } from "./failure.ts";
import type { Draft } from "./phone/drafts.ts";
import { usePhone, useTexts } from "./use.tsx";

export const emptyDraft: Draft = { values: {}, media: [] };

/** What was kept, under what has been typed while it was being unsealed: on a slow phone fingers are quicker. */
function underneath(now: Draft, kept: Draft, first: Record<string, string>): Draft {
  const typed = Object.entries(now.values).filter(([field, value]) => value !== (first[field] ?? ""));
  const known = new Set(kept.media.map(({ id }) => id));
  return {
    values: { ...first, ...kept.values, ...Object.fromEntries(typed) },
    media: [...kept.media, ...now.media.filter(({ id }) => !known.has(id))],
  };
}

/** A form that is kept at every keystroke and is there again after whatever happened. `first` is what it begins with. */
export function useDraft(name: string, first: Record<string, string> = {}) {
  const { t } = useTexts();
  const { phone } = usePhone();
  const [draft, setDraft] = useState<Draft>({ values: first, media: [] });
  const [problem, setProblem] = useState("");
  useEffect(() => {
    void phone.draft(name).then((kept) => setDraft((now) => underneath(now, kept, first)));
    // What it begins with does not change while it is being filled in.
  }, [phone, name]);
  const change = (next: Draft): void => {
    setDraft(next);
    phone.keepDraft(name, next).catch((error: unknown) => setProblem(failureText(error, t)));
  };
  return {
    draft,
    problem,
    setProblem,
    change,
    set: (part: Record<string, string>): void => change({ ...draft, values: { ...draft.values, ...part } }),
    /** Keeps what `save` does and lets the draft go; a failure is said and loses nothing. */
    async finish(save: () => Promise<void>): Promise<boolean> {
      try {
        await save();
        setDraft(emptyDraft);
        void phone.keepDraft(name, emptyDraft);
        setProblem("");
        return true;
      } catch (error) {
        setProblem(failureText(error, t));
        return false;
      }
    },
  };
}
