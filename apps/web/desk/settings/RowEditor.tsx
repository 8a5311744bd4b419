import type { DocumentKind, Row } from "@linge/domain/settings/documents.ts";
import type { ComponentType } from "react";
import { CalendarEditor } from "./CalendarEditor.tsx";
import { CategoryEditor } from "./CategoryEditor.tsx";
import { NamesFields, TextField } from "./fields.tsx";
import { RuleEditor } from "./RuleEditor.tsx";
import { TemplateEditor } from "./TemplateEditor.tsx";
import { useSettingsTexts } from "./texts.ts";
import { UnitEditor } from "./UnitEditor.tsx";

/** What every editor of a row is given. */
export type EditorProps<T extends Row> = { row: T; isNew: boolean; onRow: (row: T) => void };

function FamilyEditor({ row, isNew, onRow }: EditorProps<{ id: string; zh: string; en: string }>) {
  const { t } = useSettingsTexts();
  return (
    <>
      <TextField label={t.id} value={row.id} disabled={!isNew} onValue={(id) => onRow({ ...row, id })} />
      <NamesFields row={row} onRow={onRow} />
    </>
  );
}

// Each editor knows the rows of its own document; the page knows only that it has one.
const editors = {
  families: FamilyEditor,
  categories: CategoryEditor,
  units: UnitEditor,
  routingRules: RuleEditor,
  calendars: CalendarEditor,
  templates: TemplateEditor,
} as unknown as Record<DocumentKind, ComponentType<EditorProps<Row>>>;

type Props = EditorProps<Row> & { kind: DocumentKind; onRemove: () => void; onClose: () => void };
/** Rows that cases remember are retired in their own form, never removed; a new one may still go. */
const kept: readonly DocumentKind[] = ["categories", "units"];

export function RowEditor({ kind, row, isNew, onRow, onRemove, onClose }: Props) {
  const { t } = useSettingsTexts();
  const Editor = editors[kind];
  return (
    <form className="row-editor" aria-label={t.edit} onSubmit={(event) => event.preventDefault()}>
      <Editor row={row} isNew={isNew} onRow={onRow} />
      <div className="buttons">
        <button type="button" onClick={onClose}>
          {t.closeRow}
        </button>
        {(isNew || !kept.includes(kind)) && (
          <button type="button" className="danger" onClick={onRemove}>
            {t.remove}
          </button>
        )}
      </div>
    </form>
  );
}
