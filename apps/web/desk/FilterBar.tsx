import { caseLabels } from "@linge/domain/case/labels.ts";
import { caseStates } from "@linge/domain/case/state.ts";
import { lights } from "../ui/light.ts";
import { AreaSelect } from "./AreaSelect.tsx";
import type { CaseFilter } from "./api.ts";
import { CategorySelect } from "./CategorySelect.tsx";
import { useTexts } from "./language.tsx";
import { useUnits } from "./names.ts";

type Props = { filter: CaseFilter; onFilter: (filter: CaseFilter) => void; onSave: () => void };

/** Narrows the list; what is chosen can be kept as a view of one's own. */
export function FilterBar({ filter, onFilter, onSave }: Props) {
  const { t, language } = useTexts();
  const { units } = useUnits();
  const set = (key: keyof CaseFilter) => (value: string) => onFilter({ ...filter, [key]: value || undefined });
  const narrowed = Object.entries(filter).some(([key, value]) => key !== "queue" && value);
  return (
    <div className="filters" role="group" aria-label={t.filters}>
      <AreaSelect label={t.area} empty={t.anyArea} value={filter.area} onChange={set("area")} />
      <CategorySelect
        label={t.category}
        empty={t.anyCategory}
        whole
        value={filter.category}
        onChange={set("category")}
      />
      <select aria-label={t.light} value={filter.light ?? ""} onChange={(event) => set("light")(event.target.value)}>
        <option value="">{t.anyLight}</option>
        {Object.entries(lights).map(([light, { shape, ...words }]) => (
          <option key={light} value={light}>
            {shape} {words[language]}
          </option>
        ))}
      </select>
      <select aria-label={t.state} value={filter.state ?? ""} onChange={(event) => set("state")(event.target.value)}>
        <option value="">{t.anyState}</option>
        {caseStates.map((state) => (
          <option key={state} value={state}>
            {caseLabels[language].state[state]}
          </option>
        ))}
      </select>
      <select aria-label={t.unit} value={filter.unit ?? ""} onChange={(event) => set("unit")(event.target.value)}>
        <option value="">{t.anyUnit}</option>
        {units.map((unit) => (
          <option key={unit.id} value={unit.id}>
            {unit[language]}
          </option>
        ))}
      </select>
      {narrowed && (
        <>
          <button onClick={() => onFilter({ queue: filter.queue })}>{t.clear}</button>
          <button onClick={onSave}>{t.saveView}</button>
        </>
      )}
    </div>
  );
}
