import { useTexts } from "./language.tsx";
import { useCategories } from "./names.ts";

type Props = {
  name?: string;
  label?: string;
  value?: string;
  /** Word for "any"; without it one has to be chosen. */
  empty?: string;
  /** Whether a whole family may be chosen. */
  whole?: boolean;
  onChange?: (id: string) => void;
};

/** Chooses a category, under the families that the city knows. */
export function CategorySelect({ name, label, value, empty, whole, onChange }: Props) {
  const { language } = useTexts();
  const { families } = useCategories();
  return (
    <select
      name={name}
      aria-label={label}
      required={empty === undefined}
      key={onChange ? undefined : families.length}
      {...(onChange
        ? { value: value ?? "", onChange: (event) => onChange(event.target.value) }
        : { defaultValue: value })}
    >
      <option value="">{empty ?? ""}</option>
      {families.map((family) => (
        <optgroup key={family.id} label={family[language]}>
          {whole && <option value={family.id}>{family[language]}</option>}
          {family.categories.map((category) => (
            <option key={category.id} value={category.id}>
              {category[language]}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
