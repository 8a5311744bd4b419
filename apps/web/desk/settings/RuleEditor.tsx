import type { CaseKind } from "@linge/domain/case/record.ts";
import type { RoutingRule } from "@linge/domain/routing/rule.ts";
import { AreaSelect } from "../AreaSelect.tsx";
import { useTexts } from "../language.tsx";
import { useCategories } from "../names.ts";
import { ManyField, SelectField, TextField, WordsListField } from "./fields.tsx";
import type { EditorProps } from "./RowEditor.tsx";
import { useTargets } from "./targets.ts";
import { useSettingsTexts } from "./texts.ts";

/** A rule: if all of this holds, then there, and why. */
export function RuleEditor({ row, onRow }: EditorProps<RoutingRule>) {
  const { t, language } = useSettingsTexts();
  const desk = useTexts().t;
  const { families } = useCategories();
  const targets = useTargets();
  const categories = families.flatMap((family): [string, string][] => [
    [family.id, `${family[language]} · ${t.wholeFamily}`],
    ...family.categories.map((category): [string, string] => [category.id, category[language]]),
  ]);
  const { when } = row;
  /** Conditions that say nothing are left out. */
  const set = (change: Partial<RoutingRule["when"]>): void => {
    const said = Object.entries({ ...when, ...change }).filter(([, value]) => value && value.length > 0);
    onRow({ ...row, when: Object.fromEntries(said) });
  };
  return (
    <>
      <TextField label={t.ruleNote} value={row.note} onValue={(note) => onRow({ ...row, note })} />
      <h3>{t.ifAll}</h3>
      <ManyField
        label={desk.category}
        values={when.categoryIds ?? []}
        options={categories}
        onValues={(categoryIds) => set({ categoryIds })}
      />
      <label>
        {desk.area}
        <AreaSelect
          label={desk.area}
          empty={t.anywhere}
          value={when.areaPrefix}
          onChange={(areaPrefix) => set({ areaPrefix })}
        />
      </label>
      <ManyField
        label={desk.kind}
        values={when.kinds ?? []}
        options={Object.entries(desk.kinds)}
        onValues={(kinds) => set({ kinds: kinds as CaseKind[] })}
      />
      <WordsListField label={t.contains} values={when.words ?? []} onValues={(words) => set({ words })} />
      <h3>{t.goesTo}</h3>
      <SelectField label={desk.lead} value={row.lead} options={targets} onValue={(lead) => onRow({ ...row, lead })} />
      <ManyField
        label={desk.assist}
        values={row.assist}
        options={targets}
        onValues={(assist) => onRow({ ...row, assist })}
      />
    </>
  );
}
