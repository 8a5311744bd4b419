import type { Amount } from "@linge/domain/calendar/workingTime.ts";
import { useState } from "react";
import { useSettingsTexts } from "./texts.ts";

type TextProps = {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string;
  disabled?: boolean;
  long?: boolean;
  list?: string;
};

export function TextField({ label, value, onValue, hint, disabled, long, list }: TextProps) {
  const shared = { value, disabled, "aria-label": label };
  return (
    <label>
      {label}
      {hint && <span className="quiet"> {hint}</span>}
      {long ? (
        <textarea {...shared} maxLength={2000} onChange={(event) => onValue(event.target.value)} />
      ) : (
        <input {...shared} list={list} maxLength={200} onChange={(event) => onValue(event.target.value)} />
      )}
    </label>
  );
}

type Named = { zh: string; en: string };

/** The two names that everything has. */
export function NamesFields<T extends Named>({ row, onRow }: { row: T; onRow: (row: T) => void }) {
  const { t } = useSettingsTexts();
  return (
    <div className="pair">
      <TextField label={t.zhName} value={row.zh} onValue={(zh) => onRow({ ...row, zh })} />
      <TextField label={t.enName} value={row.en} onValue={(en) => onRow({ ...row, en })} />
    </div>
  );
}

export function AmountField({
  label,
  value,
  onValue,
}: {
  label: string;
  value: Amount;
  onValue: (value: Amount) => void;
}) {
  const { t } = useSettingsTexts();
  return (
    <fieldset className="amount">
      <legend>{label}</legend>
      <input
        type="number"
        min={1}
        max={400}
        aria-label={label}
        value={value.amount}
        onChange={(event) => onValue({ ...value, amount: Number(event.target.value) })}
      />
      <select
        aria-label={`${label} ${t.unitOfTime}`}
        value={value.unit}
        onChange={(event) => onValue({ ...value, unit: event.target.value as Amount["unit"] })}
      >
        {Object.entries(t.units).map(([unit, name]) => (
          <option key={unit} value={unit}>
            {name}
          </option>
        ))}
      </select>
    </fieldset>
  );
}

type SelectProps = {
  label: string;
  value: string;
  options: [value: string, name: string][];
  empty?: string;
  onValue: (value: string) => void;
};

export function SelectField({ label, value, options, empty, onValue }: SelectProps) {
  return (
    <label>
      {label}
      <select aria-label={label} value={value} onChange={(event) => onValue(event.target.value)}>
        {(empty !== undefined || !options.some(([each]) => each === value)) && <option value="">{empty ?? ""}</option>}
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

type ManyProps = {
  label: string;
  values: readonly string[];
  options: [value: string, name: string][];
  onValues: (values: string[]) => void;
};

/** Several of a list, each to be taken out again. */
export function ManyField({ label, values, options, onValues }: ManyProps) {
  const { t } = useSettingsTexts();
  const names = new Map(options);
  return (
    <fieldset className="many">
      <legend>{label}</legend>
      {values.map((value) => (
        <span key={value} className="chip">
          {names.get(value) ?? value}
          <button
            type="button"
            aria-label={t.takeOut(names.get(value) ?? value)}
            onClick={() => onValues(values.filter((each) => each !== value))}
          >
            ×
          </button>
        </span>
      ))}
      <select
        aria-label={label}
        value=""
        onChange={(event) => event.target.value && onValues([...values, event.target.value])}
      >
        <option value="">{t.addOne}</option>
        {options
          .filter(([value]) => !values.includes(value))
          .map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
      </select>
    </fieldset>
  );
}

/** Words, apart by a comma of either kind; read when the field is left, so that a comma can be typed. */
export function WordsListField({
  label,
  values,
  onValues,
}: {
  label: string;
  values: readonly string[];
  onValues: (values: string[]) => void;
}) {
  const { t } = useSettingsTexts();
  const [typed, setTyped] = useState(values.join("，"));
  return (
    <label>
      {label} <span className="quiet">{t.apart}</span>
      <input
        aria-label={label}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() =>
          onValues(
            typed
              .split(/[,，、;；]/)
              .map((word) => word.trim())
              .filter(Boolean),
          )
        }
      />
    </label>
  );
}

export function TickField({
  label,
  value,
  onValue,
}: {
  label: string;
  value: boolean;
  onValue: (value: boolean) => void;
}) {
  return (
    <label className="tick">
      <input type="checkbox" checked={value} onChange={(event) => onValue(event.target.checked)} /> {label}
    </label>
  );
}
