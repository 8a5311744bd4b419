import type { CaseRecord } from "@linge/domain/case/record.ts";
import { useState, type FormEvent } from "react";
import { api } from "./api.ts";
import { useTexts } from "./language.tsx";

/** Who reported, masked; the whole of it for a purpose that is recorded and that the person can see. */
export function Reporter({ record }: { record: CaseRecord }) {
  const { t } = useTexts();
  const [reporter, setReporter] = useState(record.reporter);
  const [asking, setAsking] = useState(false);
  if (!reporter || (!reporter.name && !reporter.phone)) return <span className="quiet">{t.noReporter}</span>;
  const show = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const purpose = String(new FormData(event.currentTarget).get("purpose"));
    setReporter((await api.reporter(record.id, purpose)).reporter);
    setAsking(false);
  };
  return (
    <>
      {reporter.name} {reporter.phone}{" "}
      {asking ? (
        <form onSubmit={(event) => void show(event)}>
          <input name="purpose" aria-label={t.purpose} placeholder={t.purpose} minLength={4} required autoFocus />
          <button>{t.send}</button>
        </form>
      ) : (
        <button className="link" onClick={() => setAsking(true)}>
          {t.unmask}
        </button>
      )}
    </>
  );
}
