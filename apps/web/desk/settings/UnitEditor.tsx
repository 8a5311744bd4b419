import type { Unit } from "@linge/domain/routing/rule.ts";
import { AreaSelect } from "../AreaSelect.tsx";
import { NamesFields, TextField, TickField } from "./fields.tsx";
import type { EditorProps } from "./RowEditor.tsx";
import { useKinds } from "./targets.ts";
import { useSettingsTexts } from "./texts.ts";

/** A unit: what it is called, of what kind, where, and whether it still takes work. */
export function UnitEditor({ row, isNew, onRow }: EditorProps<Unit>) {
  const { t } = useSettingsTexts();
  const kinds = useKinds();
  return (
    <>
      <TextField
        label={t.id}
        hint={t.idHint}
        value={row.id}
        disabled={!isNew}
        onValue={(id) => onRow({ ...row, id })}
      />
      <NamesFields row={row} onRow={onRow} />
      <TextField label={t.unitKind} list="unit-kinds" value={row.kind} onValue={(kind) => onRow({ ...row, kind })} />
      <datalist id="unit-kinds">
        {kinds.map(([kind, name]) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </datalist>
      <label>
        {t.unitArea}
        <AreaSelect
          label={t.unitArea}
          empty={t.wholeCity}
          value={row.areaCode}
          onChange={(areaCode) => onRow({ ...row, areaCode: areaCode || row.areaCode })}
        />
      </label>
      <TextField
        label={t.phone}
        value={row.phone ?? ""}
        onValue={(phone) => onRow({ ...row, phone: phone || undefined })}
      />
      <TickField
        label={t.retire}
        value={row.retired ?? false}
        onValue={(retired) => onRow(withRetired(row, retired))}
      />
    </>
  );
}

/** With or without the word that a row is not used any more. */
export function withRetired<T extends { retired?: boolean }>({ retired: _before, ...row }: T, retired: boolean): T {
  return (retired ? { ...row, retired } : row) as T;
}
