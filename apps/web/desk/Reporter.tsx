import type { CaseRecord } from "@linge/domain/case/record.ts";
import { useState } from "react";
import { useTexts } from "./language.tsx";
import { LookForm, type Seen } from "./LookForm.tsx";

/** Who reported, masked; the whole of it for a purpose that is recorded and that the person can see. */
export function Reporter({ record }: { record: CaseRecord }) {
  const { t } = useTexts();
  const [seen, setSeen] = useState<Seen>();
  const [asking, setAsking] = useState(false);
  const reporter = seen?.reporter ?? record.reporter;
  if (!reporter || (!reporter.name && !reporter.phone)) return <span className="quiet">{t.noReporter}</span>;
  return (
    <>
      {[reporter.name, reporter.phone, reporter.address].filter(Boolean).join(" · ")}{" "}
      {reporter.reach && reporter.reach !== "message" && <span className="mark">{t.reach[reporter.reach]}</span>}{" "}
      {asking ? (
        <LookForm
          caseId={record.id}
          onSeen={(whole) => {
            setSeen(whole);
            setAsking(false);
          }}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <button className="link" onClick={() => setAsking(true)}>
          {t.unmask}
        </button>
      )}
      {seen && seen.text !== record.text && <p className="said">{seen.text}</p>}
    </>
  );
}
