import { useAreas } from "./areas.ts";
import { useTexts } from "./language.tsx";

type Props = {
  name?: string;
  value?: string;
  label?: string;
  empty: string;
  required?: boolean;
  onChange?: (code: string) => void;
};

/** Chooses a county or a township. */
export function AreaSelect({ name, value, label, empty, required, onChange }: Props) {
  const { language } = useTexts();
  const areas = useAreas();
  return (
    <select
      name={name}
      aria-label={label}
      required={required}
      {...(onChange
        ? { value: value ?? "", onChange: (event) => onChange(event.target.value) }
        : { defaultValue: value })}
    >
      <option value="">{empty}</option>
      {areas.map(({ county, townships }) => (
        <optgroup key={county.code} label={county[language]}>
          <option value={county.code}>{county[language]}</option>
          {townships.map((area) => (
            <option key={area.code} value={area.code}>
              {area[language]}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
