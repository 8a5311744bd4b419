import type { Unit } from "@linge/domain/routing/rule.ts";
import { useState } from "react";
import { useTexts } from "./language.tsx";
import { useUnits } from "./names.ts";

/** Units under two heads: those of the county the case is in, and the others. */
export function UnitOptions({ units, county }: { units: Unit[]; county?: string }) {
  const { t, language } = useTexts();
  const here = units.filter((unit) => county && unit.areaCode.startsWith(county));
  const others = units.filter((unit) => !here.includes(unit));
  const options = (some: Unit[]) =>
    some.map((unit) => (
      <option key={unit.id} value={unit.id}>
        {unit[language]}
      </option>
    ));
  if (here.length === 0) return options(others);
  return (
    <>
      <optgroup label={t.unitsHere}>{options(here)}</optgroup>
      <optgroup label={t.unitsElsewhere}>{options(others)}</optgroup>
    </>
  );
}

type Props = { name: string; county?: string; first?: string[]; label: string };

/** Several units, one after the other; each can be taken out again. */
export function UnitPicker({ name, county, first = [], label }: Props) {
  const { t } = useTexts();
  const { units, nameOf } = useUnits();
  const [chosen, setChosen] = useState(first);
  return (
    <span className="picker">
      {chosen.map((id) => (
        <span key={id} className="chip">
          <input type="hidden" name={name} value={id} />
          {nameOf(id)}
          <button
            type="button"
            aria-label={t.takeOut(nameOf(id))}
            onClick={() => setChosen(chosen.filter((each) => each !== id))}
          >
            ×
          </button>
        </span>
      ))}
      <select
        aria-label={label}
        value=""
        onChange={(event) => event.target.value && setChosen([...chosen, event.target.value])}
      >
        <option value="">{t.addUnit}</option>
        <UnitOptions units={units.filter((unit) => !chosen.includes(unit.id))} county={county} />
      </select>
    </span>
  );
}
