import { caseLabels } from "@linge/domain/case/labels.ts";
import type { CommandType } from "@linge/domain/case/command.ts";
import type { ReplyTemplate } from "@linge/domain/settings/documents.ts";
import { ManyField, NamesFields, TextField } from "./fields.tsx";
import type { EditorProps } from "./RowEditor.tsx";
import { useSettingsTexts } from "./texts.ts";

/** Commands whose words reach people. */
const offered: CommandType[] = [
  "respond",
  "contact",
  "inform",
  "decline",
  "redirect",
  "object",
  "requestExtension",
  "requestSuspension",
];

export function TemplateEditor({ row, isNew, onRow }: EditorProps<ReplyTemplate>) {
  const { t, language } = useSettingsTexts();
  return (
    <>
      <TextField label={t.id} value={row.id} disabled={!isNew} onValue={(id) => onRow({ ...row, id })} />
      <NamesFields row={row} onRow={onRow} />
      <TextField
        long
        label={t.text}
        hint={t.placeholders}
        value={row.text}
        onValue={(text) => onRow({ ...row, text })}
      />
      <ManyField
        label={t.offeredIn}
        values={row.for ?? []}
        options={offered.map((type) => [type, caseLabels[language].command[type]])}
        onValues={(types) => onRow({ ...row, for: types.length ? types : undefined })}
      />
    </>
  );
}
