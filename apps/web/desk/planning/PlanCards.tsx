import type { Figures, Plan, PlanResult } from "@linge/regions";
import { useCallback, useMemo } from "react";
import type { Assignment, PlanningArea } from "./api.ts";
import { groupColours } from "./colours.ts";
import { PlanMap } from "./PlanMap.tsx";
import { usePlanningTexts } from "./texts.ts";
import { householdsCounted, planWords } from "./words.ts";

type Props = {
  given: PlanningArea;
  result: PlanResult;
  before: Figures;
  open?: Assignment;
  onOpen: (plan: Plan) => void;
};

/** Plans side by side, each with its map and in words. */
export function PlanCards({ given, result, before, open, onOpen }: Props) {
  const { t } = usePlanningTexts();
  return (
    <section>
      <h3>{t.plans}</h3>
      <ul className="plans">
        {result.plans.map((plan, at) => (
          <PlanCard
            key={`${plan.kind} ${at}`}
            given={given}
            plan={plan}
            before={before}
            open={open === plan.assignment}
            onOpen={() => onOpen(plan)}
          />
        ))}
      </ul>
    </section>
  );
}

type CardProps = { given: PlanningArea; plan: Plan; before: Figures; open: boolean; onOpen: () => void };

function PlanCard({ given, plan, before, open, onOpen }: CardProps) {
  const { t } = usePlanningTexts();
  const { blocks, links } = given;
  const { assignment } = plan;
  const groupOf = useCallback((code: string) => assignment[code]!, [assignment]);
  const colourOf = useMemo(() => groupColours(blocks, links, assignment), [blocks, links, assignment]);
  return (
    <li className={open ? "plan open" : "plan"}>
      <h4>
        {t.kinds[plan.kind]} <span className="quiet">{t.grids(plan.k)}</span>
      </h4>
      <PlanMap blocks={blocks} groupOf={groupOf} colourOf={colourOf} label={t.kinds[plan.kind]!} />
      <p>{planWords(t, plan, before, householdsCounted(blocks))}</p>
      <p className="quiet">
        {plan.withinTolerance ? t.within : t.beyond}
        {plan.meanPolsbyPopper !== null && ` · ${t.shape(plan.meanPolsbyPopper.toFixed(2))}`}
      </p>
      <button aria-pressed={open} onClick={onOpen}>
        {open ? t.onBoard : t.open}
      </button>
    </li>
  );
}
