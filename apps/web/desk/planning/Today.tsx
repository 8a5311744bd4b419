import type { Figures } from "@linge/regions";
import { useCallback, useMemo } from "react";
import type { PlanningArea } from "./api.ts";
import { groupsOf } from "./board.ts";
import { loadColour } from "./colours.ts";
import { LoadList } from "./LoadList.tsx";
import { PlanMap } from "./PlanMap.tsx";
import { usePlanningTexts } from "./texts.ts";
import { groupName, percent } from "./words.ts";

/** Fewer reports than this a grid on average, and loads are chance. */
const enough = 3;

/** Today's grids by how busy they are: a map in one hue and the same as a list. */
export function Today({ given, before }: { given: PlanningArea; before: Figures }) {
  const { t, language } = usePlanningTexts();
  const { blocks } = given;
  const current = useMemo(() => Object.fromEntries(blocks.map(({ code, grid }) => [code, grid])), [blocks]);
  const groups = useMemo(() => groupsOf(blocks, current), [blocks, current]);
  const shares = useMemo(() => new Map(groups.map(({ name, share }) => [name, share])), [groups]);
  const groupOf = useCallback((code: string) => current[code]!, [current]);
  const cases = blocks.reduce((sum, { work }) => sum + work.cases, 0);
  return (
    <section className="today">
      <h3>{t.today}</h3>
      <p>
        <b>{t.todaySum(groups.length, percent(before.worstLoad), groupName(t, groups[0]!, language))}</b>
      </p>
      <p className="quiet">
        {t.work} {cases / groups.length < enough && t.few}
      </p>
      <div className="drawing">
        <figure>
          <PlanMap
            blocks={blocks}
            groupOf={groupOf}
            colourOf={(code) => loadColour(shares.get(current[code]!)!)}
            label={t.today}
            titleOf={(block) => `${block[language]} · ${t.load} ${Math.round(block.workload)}`}
          />
          <figcaption className="quiet">{t.indicative}</figcaption>
        </figure>
        <LoadList groups={groups} label={t.today} />
      </div>
    </section>
  );
}
