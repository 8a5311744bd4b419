import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { dayText } from "../../ui/time.ts";
import { planning, type Handover } from "./api.ts";
import { usePlanningTexts } from "./texts.ts";

/** Open work that came with new lines: a list for each grid, which each of its keepers confirms. */
export function Handovers() {
  const { t } = usePlanningTexts();
  const client = useQueryClient();
  const [said, setSaid] = useState("");
  const handovers = useQuery({ queryKey: ["handovers"], queryFn: planning.handovers });
  if (!handovers.data?.handovers.length) return null;
  const confirmList = async (each: Handover): Promise<void> => {
    setSaid("");
    try {
      await planning.confirm(each.plan, each.area);
    } catch (error) {
      setSaid((error as Error).message);
    }
    await client.invalidateQueries({ queryKey: ["handovers"] });
  };
  return (
    <section>
      <h3>{t.handovers}</h3>
      {said && <p role="alert">{said}</p>}
      {handovers.data.handovers.map((each) => (
        <HandoverCard key={each.plan + each.area} handover={each} onConfirm={() => void confirmList(each)} />
      ))}
    </section>
  );
}

function HandoverCard({ handover, onConfirm }: { handover: Handover; onConfirm: () => void }) {
  const { t, language } = usePlanningTexts();
  const { cases, former, keepers, confirmed } = handover;
  return (
    <article className="draft">
      <p>
        <b>{t.handover(handover[language], cases.length)}</b>{" "}
        <span className="quiet">{t.formerly(former.map((each) => each[language]).join(t.list))}</span>
      </p>
      {cases.length > 0 && (
        <ul className="comments">
          {cases.map(({ id, number, text, dueAt }) => (
            <li key={id}>
              <b>{number}</b> {text} <span className="quiet">{t.due(dayText(dueAt, language))}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="row">
        {keepers.map(({ name, confirmedAt }) => (
          <span key={name} className={confirmedAt ? undefined : "quiet"}>
            {name} {confirmedAt ? `✓ ${t.confirmed}` : t.waiting}
          </span>
        ))}
        {confirmed ? <span className="quiet">{t.confirmed}</span> : <button onClick={onConfirm}>{t.confirm}</button>}
      </p>
    </article>
  );
}
