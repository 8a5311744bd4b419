import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type CaseView } from "./api.ts";
import { CaseLine } from "./CaseLine.tsx";
import { useTexts } from "./language.tsx";

/** Reports that look like the same thing: looked at, then merged into this one together. */
export function Similar({ view, onOpen }: { view: CaseView; onOpen: (id: string) => void }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const [said, setSaid] = useState("");
  const may = view.allowed.some((each) => each.type === "mergeInto");
  const merge = async (): Promise<void> => {
    const ids = view.similar.map((row) => row.id);
    const command = { id: crypto.randomUUID(), type: "mergeInto", parentId: view.case.id, reason: t.sameThing };
    const { results } = await api.bulk(false, ids, command);
    setSaid(t.merged(results.filter((result) => result.ok).length, results.filter((result) => !result.ok).length));
    await client.invalidateQueries();
  };
  return (
    <section className="similar" aria-label={t.similar}>
      <h3>{t.similar}</h3>
      <ul className="plain">
        {view.similar.map((row) => (
          <CaseLine key={row.id} row={row} onOpen={onOpen} />
        ))}
      </ul>
      {said && <p role="status">{said}</p>}
      {may && <button onClick={() => void merge()}>{t.mergeHere(view.similar.length)}</button>}
    </section>
  );
}
