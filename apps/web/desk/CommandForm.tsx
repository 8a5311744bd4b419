import { caseLabels } from "@linge/domain/case/labels.ts";
import type { FollowingCommand } from "@linge/domain/case/command.ts";
import { maskText } from "@linge/domain/case/mask.ts";
import { photosOf, type CaseRecord } from "@linge/domain/case/record.ts";
import { useEffect, useRef, useState, type FormEvent } from "react";
import type { CaseView } from "./api.ts";
import { CategorySelect } from "./CategorySelect.tsx";
import { commandFields, mayBeEmpty, readCommand, type FieldKind } from "./commands.ts";
import { useTexts } from "./language.tsx";
import { useUnits } from "./names.ts";
import type { Place } from "./place.ts";
import { PlaceField } from "./PlaceField.tsx";
import { UnitOptions, UnitPicker } from "./UnitPicker.tsx";
import { WordsField } from "./WordsField.tsx";

type Context = {
  record?: CaseRecord;
  routing?: CaseView["routing"];
  /** Number of the case that others are likely to be merged into. */
  parent?: string;
};
type FieldProps = Context & {
  type: FollowingCommand["type"];
  name: string;
  label: string;
  kind: FieldKind;
  required: boolean;
};

function UnitSelect({ name, routing, record, required }: FieldProps) {
  const { units } = useUnits();
  const suggested = name === "lead" ? routing?.lead : undefined;
  return (
    <select name={name} required={required} defaultValue={suggested ?? ""} key={`${units.length}${suggested}`}>
      <option value="" />
      <UnitOptions units={units} county={record?.areaCode.slice(0, 6)} />
    </select>
  );
}

/** A moment (ms) as a field of the browser writes it, in the clock on the wall. */
function localMinute(ms: number): string {
  return new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const hour = 3_600_000;

/** What people usually mean, to be changed: a meeting in two hours, an end three days after the promise. */
function usualTime(name: string, record: CaseRecord | undefined): string {
  if (name === "meetAt") return localMinute(Math.ceil((Date.now() + 2 * hour) / (hour / 2)) * (hour / 2));
  const due = record ? Date.parse(record.dueAt) : Date.now();
  return localMinute(Math.max(Date.now(), due) + 72 * hour);
}

function Choices({ name, choices }: { name: string; choices: [value: string, label: string][] }) {
  return (
    <select name={name} required defaultValue={choices.length === 1 ? choices[0]![0] : ""} key={choices.length}>
      <option value="" />
      {choices.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** Orders with something to decide that this command decides. */
const petitionOf = {
  decideObjection: "objection",
  decideExtension: "extension",
  decideSuspension: "suspension",
} as const;

function Field(props: FieldProps) {
  const { t } = useTexts();
  const { nameOf } = useUnits();
  const { type, name, label, kind, record, required, routing, parent } = props;
  switch (kind) {
    case "unit":
      return <UnitSelect {...props} />;
    case "category":
      return <CategorySelect name={name} />;
    case "yesNo":
      return (
        <Choices
          name={name}
          choices={[
            ["yes", t.yes],
            ["no", t.no],
          ]}
        />
      );
    case "how":
      return <Choices name={name} choices={Object.entries(t.how)} />;
    case "level":
      return <Choices name={name} choices={t.levels.map((level, i) => [String(i + 1), level])} />;
    case "order": {
      const petition = petitionOf[type as keyof typeof petitionOf];
      const orders = record?.orders.filter((order) => order[petition] && !order[petition].decided) ?? [];
      return <Choices name={name} choices={orders.map((order) => [order.id, nameOf(order.unitId)])} />;
    }
    case "call":
      return <Choices name={name} choices={record?.whistleCalls.map((call) => [call.id, call.place]) ?? []} />;
    case "time":
      return (
        <input
          name={name}
          type="datetime-local"
          required
          min={localMinute(Date.now())}
          defaultValue={usualTime(name, record)}
        />
      );
    case "long": {
      const first = type === "publish" && record ? maskText(record.text) : undefined;
      return <WordsField {...{ name, label, type, record, required, first }} />;
    }
    case "units": {
      const first = name === "assist" ? (routing?.assist ?? []) : [];
      return <UnitPicker name={name} label={label} county={record?.areaCode.slice(0, 6)} first={first} />;
    }
    case "number":
      return <input name={name} required={required} maxLength={20} defaultValue={parent} />;
    default:
      return <input name={name} required={required} maxLength={200} />;
  }
}

/** Which photos strangers may see: none until somebody has looked at each. */
function PhotoChoice({ name, record }: { name: string; record?: CaseRecord }) {
  const { t } = useTexts();
  const photos = record ? photosOf(record) : [];
  if (photos.length === 0) return null;
  return (
    <fieldset className="photos">
      <legend>{t.publicPhotos}</legend>
      {photos.map((photo, i) => (
        <label key={photo}>
          <input type="checkbox" name={name} value={photo} />
          <img src={`/photos/${photo}?size=small`} alt={`${t.photos} ${i + 1}`} />
        </label>
      ))}
    </fieldset>
  );
}

type Props = Context & {
  type: FollowingCommand["type"];
  submit: string;
  onSubmit: (command: Record<string, unknown>) => Promise<void>;
  onCancel: () => void;
};

/** The form of a command: what it does where that is grave, its fields, a verb, a way back. */
export function CommandForm({ type, submit, record, routing, parent, onSubmit, onCancel }: Props) {
  const { t, language } = useTexts();
  const [place, setPlace] = useState<Place>(() => ({
    name: record?.place.name,
    lon: record?.place.lon,
    lat: record?.place.lat,
  }));
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // Whoever opened the form by a key goes on writing without reaching for the mouse.
  useEffect(() => form.current?.querySelector<HTMLElement>("select, textarea, input")?.focus(), []);
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const command = readCommand(type, new FormData(event.currentTarget), place);
    setBusy(true);
    await onSubmit(command);
    setBusy(false);
  };
  const effect = t.effects[type];
  const waiting = record?.duplicates.length ?? 0;
  return (
    <form
      ref={form}
      className="command"
      onSubmit={(event) => void send(event)}
      aria-label={caseLabels[language].command[type]}
    >
      <h3>{caseLabels[language].command[type]}</h3>
      {effect && (
        <p className="effect">
          {effect}
          {waiting > 0 && t.duplicatesWait(waiting)}
        </p>
      )}
      {Object.entries(commandFields[type] ?? {}).map(([name, kind]) => {
        if (kind === "photos") return <PhotoChoice key={name} name={name} record={record} />;
        if (kind === "place") return <PlaceField key={name} place={place} onPlace={setPlace} />;
        const label = t.field[name]!;
        const required = !mayBeEmpty(type, name);
        return (
          <label key={name}>
            {label}
            <Field {...{ type, name, label, kind, record, routing, parent, required }} />
          </label>
        );
      })}
      <div className="buttons">
        <button className="primary" disabled={busy}>
          {submit}
        </button>
        <button type="button" onClick={onCancel}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
