import type { DocumentKind, Row } from "@linge/domain/settings/documents.ts";
import { useState } from "react";
import { momentText } from "../../ui/time.ts";
import { Changes } from "./Changes.tsx";
import { DryRunPanel } from "./DryRunPanel.tsx";
import { History } from "./History.tsx";
import { ImportPanel } from "./ImportPanel.tsx";
import { settingsApi } from "./api.ts";
import { Problems } from "./Problems.tsx";
import { RowEditor } from "./RowEditor.tsx";
import { RowTable } from "./RowTable.tsx";
import { newRow } from "./newRow.ts";
import { SaveBar } from "./SaveBar.tsx";
import { useSettingsTexts } from "./texts.ts";
import { useDocument } from "./useDocument.ts";

type Panel = "import" | "history" | "dryRun";
const tried: readonly DocumentKind[] = ["routingRules", "categories", "units"];
const ordered: readonly DocumentKind[] = ["routingRules"];

/** One document: its rows, the row that is being changed, and what can be done with the whole. */
export function DocumentPage({ kind }: { kind: DocumentKind }) {
  const { t, language } = useSettingsTexts();
  const draft = useDocument(kind);
  const [at, setAt] = useState<number>();
  const [panel, setPanel] = useState<Panel>();
  const { saved, rows, changes, problems, put } = draft;
  if (draft.failed) return <p className="problem">{draft.failed}</p>;
  if (!saved) return <p className="quiet">{t.loading}</p>;
  const toggle = (each: Panel): void => setPanel(panel === each ? undefined : each);
  const putRow = (row: Row): void => put(rows.map((each, i) => (i === at ? row : each)));
  const add = (): void => {
    put([...rows, newRow(kind, rows)]);
    setAt(rows.length);
  };
  const move = (from: number, by: number): void => {
    const next = [...rows];
    next.splice(from + by, 0, ...next.splice(from, 1));
    put(next);
    setAt(from + by);
  };
  const remove = (): void => {
    put(rows.filter((_, i) => i !== at));
    setAt(undefined);
  };
  const take = (next: Row[]): void => {
    put(next);
    setAt(undefined);
    setPanel(undefined);
  };
  return (
    <>
      <p className="quiet">
        {t.hints[kind]} {t.version(saved.version, momentText(saved.savedAt, language), saved.savedBy)}
      </p>
      <div className="buttons toolbar">
        <button onClick={add}>＋ {t.add}</button>
        {tried.includes(kind) && (
          <button aria-expanded={panel === "dryRun"} onClick={() => toggle("dryRun")}>
            {t.dryRun}
          </button>
        )}
        <button aria-expanded={panel === "import"} onClick={() => toggle("import")}>
          {t.import}
        </button>
        <a className="button" href={settingsApi.exportPath(kind, "csv")} download>
          {t.exportCsv}
        </a>
        <a className="button" href={settingsApi.exportPath(kind, "json")} download>
          {t.exportJson}
        </a>
        <button aria-expanded={panel === "history"} onClick={() => toggle("history")}>
          {t.history}
        </button>
      </div>
      {panel === "import" && <ImportPanel kind={kind} onTake={take} />}
      {panel === "history" && <History kind={kind} current={saved.version} onTake={take} />}
      {panel === "dryRun" && <DryRunPanel kind={kind} rows={rows} />}
      {changes.length > 0 && <SaveBar draft={draft} onDiscard={() => setAt(undefined)} />}
      <Problems problems={problems} onRow={(row) => setAt(row - 1)} />
      {changes.length > 0 && (
        <details className="changes">
          <summary>{t.seeChanges}</summary>
          <Changes kind={kind} changes={changes} />
        </details>
      )}
      <div className={at === undefined ? "document" : "document editing"}>
        <RowTable
          kind={kind}
          rows={rows}
          at={at}
          changed={new Set(changes.map((change) => change.id))}
          wrong={new Set(problems.map((problem) => problem.row - 1))}
          onRow={setAt}
          onMove={ordered.includes(kind) ? move : undefined}
        />
        {at !== undefined && rows[at] && (
          <RowEditor
            key={at}
            kind={kind}
            row={rows[at]}
            isNew={!saved.document.some((row) => row.id === rows[at]!.id)}
            onRow={putRow}
            onRemove={remove}
            onClose={() => setAt(undefined)}
          />
        )}
      </div>
    </>
  );
}
