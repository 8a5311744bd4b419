import type { PerArea } from "@linge/domain/category/category.ts";
import { AreaSelect } from "../AreaSelect.tsx";
import { useTexts } from "../language.tsx";
import { ManyField, SelectField } from "./fields.tsx";
import { useTargets } from "./targets.ts";
import { useSettingsTexts } from "./texts.ts";

type Props = { choices: PerArea[]; onChoices: (choices: PerArea[]) => void };

/** Where another unit leads than the category's kind says; the narrowest area decides. */
export function PerAreaEditor({ choices, onChoices }: Props) {
  const { t } = useSettingsTexts();
  const desk = useTexts().t;
  const targets = useTargets();
  const put = (at: number, change: Partial<PerArea>): void =>
    onChoices(choices.map((each, i) => (i === at ? { ...each, ...change } : each)));
  return (
    <fieldset>
      <legend>{t.perArea}</legend>
      {choices.map((choice, i) => (
        <div key={i} className="question">
          <label>
            {desk.area}
            <AreaSelect label={desk.area} empty="" value={choice.area} onChange={(area) => put(i, { area })} />
          </label>
          <SelectField label={desk.lead} value={choice.lead} options={targets} onValue={(lead) => put(i, { lead })} />
          <ManyField
            label={desk.assist}
            values={choice.assist}
            options={targets}
            onValues={(assist) => put(i, { assist })}
          />
          <button type="button" className="link" onClick={() => onChoices(choices.filter((_, each) => each !== i))}>
            {t.remove}
          </button>
        </div>
      ))}
      <button type="button" onClick={() => onChoices([...choices, { area: "", lead: "", assist: [] }])}>
        ＋ {t.addArea}
      </button>
    </fieldset>
  );
}
