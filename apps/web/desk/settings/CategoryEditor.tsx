import type { Category, Visibility } from "@linge/domain/category/category.ts";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api.ts";
import { settingsApi } from "./api.ts";
import { AmountField, ManyField, NamesFields, SelectField, TextField, TickField } from "./fields.tsx";
import { PerAreaEditor } from "./PerAreaEditor.tsx";
import { QuestionsEditor } from "./QuestionsEditor.tsx";
import type { EditorProps } from "./RowEditor.tsx";
import { useKinds } from "./targets.ts";
import { useSettingsTexts } from "./texts.ts";
import { withRetired } from "./UnitEditor.tsx";

/** The family and the name within it that a category's id is made of. */
function IdFields({ row, onRow }: { row: Category; onRow: (row: Category) => void }) {
  const { t, language } = useSettingsTexts();
  const found = useQuery({ queryKey: ["categories"], queryFn: api.categories, staleTime: 600_000 });
  const [family = "", child = ""] = row.id.split(".");
  const set = (parent: string, name: string): void => onRow({ ...row, id: `${parent}.${name}` });
  return (
    <div className="pair">
      <SelectField
        label={t.family}
        value={family}
        options={found.data?.families.map((each): [string, string] => [each.id, each[language]]) ?? []}
        onValue={(parent) => set(parent, child)}
      />
      <TextField label={t.id} hint={t.letters} value={child} onValue={(name) => set(family, name)} />
    </div>
  );
}

/** A category as a contract: what it is called, what is asked, by when, who answers, who may see it. */
export function CategoryEditor({ row, isNew, onRow }: EditorProps<Category>) {
  const { t } = useSettingsTexts();
  const kinds = useKinds();
  const calendars = useQuery({ queryKey: ["settings", "calendars"], queryFn: () => settingsApi.read("calendars") });
  return (
    <>
      {isNew ? <IdFields row={row} onRow={onRow} /> : <p className="quiet">{row.id}</p>}
      <NamesFields row={row} onRow={onRow} />
      <div className="pair">
        <AmountField label={t.promise} value={row.promise} onValue={(promise) => onRow({ ...row, promise })} />
        <AmountField
          label={t.contactWithin}
          value={row.contactWithin}
          onValue={(contactWithin) => onRow({ ...row, contactWithin })}
        />
      </div>
      <SelectField
        label={t.calendar}
        value={row.calendarId ?? ""}
        empty={t.cityCalendar}
        options={calendars.data?.document.map(({ id }): [string, string] => [id, t.calendarNames[id] ?? id]) ?? []}
        onValue={(calendarId) => onRow({ ...row, calendarId: calendarId || undefined })}
      />
      <SelectField
        label={t.visibleTo}
        value={row.visibility}
        options={Object.entries(t.visibility)}
        onValue={(visibility) => onRow({ ...row, visibility: visibility as Visibility })}
      />
      <SelectField
        label={t.leadKind}
        value={row.leadKind}
        options={kinds}
        onValue={(leadKind) => onRow({ ...row, leadKind })}
      />
      <ManyField
        label={t.assistKinds}
        values={row.assistKinds}
        options={kinds}
        onValues={(assistKinds) => onRow({ ...row, assistKinds })}
      />
      <PerAreaEditor
        choices={row.perArea ?? []}
        onChoices={(perArea) => onRow({ ...row, perArea: perArea.length ? perArea : undefined })}
      />
      <QuestionsEditor questions={row.questions} onQuestions={(questions) => onRow({ ...row, questions })} />
      <div className="pair">
        <TextField
          label={t.open311}
          value={row.mapsTo.open311}
          onValue={(open311) => onRow({ ...row, mapsTo: { ...row.mapsTo, open311 } })}
        />
        <TextField
          label={t.hotline}
          value={row.mapsTo.hotline ?? ""}
          onValue={(hotline) => onRow({ ...row, mapsTo: { ...row.mapsTo, hotline: hotline || undefined } })}
        />
      </div>
      {!isNew && (
        <TickField
          label={t.retireCategory}
          value={row.retired ?? false}
          onValue={(retired) => onRow(withRetired(row, retired))}
        />
      )}
    </>
  );
}
