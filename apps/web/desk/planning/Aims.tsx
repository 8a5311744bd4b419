import type { Objective, PlanOptions, Range } from "@linge/regions";
import { useState } from "react";
import type { PlanningBlock } from "./api.ts";
import { usePlanningTexts } from "./texts.ts";

export type PlanningAims = { options: PlanOptions; byFerry: boolean };
type Props = {
  blocks: readonly PlanningBlock[];
  locked: number;
  running: boolean;
  onLook: (aims: PlanningAims) => void;
};

const kinds = ["key", "service", "liaison"] as const;
/** What a grid of each kind should have of today's mean load when there are to be a third fewer. */
const usual = { key: [0.8, 1.6], service: [1, 2.2], liaison: [1.2, 3] } as const;

/** What the planner wants: a number of grids or ranges of work by kind, how even, and what matters more. */
export function Aims({ blocks, locked, running, onLook }: Props) {
  const { t } = usePlanningTexts();
  const [byRange, setByRange] = useState(false);
  const total = blocks.reduce((sum, { workload }) => sum + workload, 0);
  const grids = new Set(blocks.map(({ grid }) => grid)).size;
  const wanted = Math.max(1, Math.round(grids * 0.7));
  // The heaviest block is a grid at least: less than it differs by cannot be asked for.
  const heaviest = Math.max(...blocks.map(({ workload }) => workload));
  const least = Math.ceil(((heaviest * wanted) / total - 1) * 20) * 5;
  const look = (form: FormData): void => {
    const time = Number(form.get("time"));
    const number = (name: string): number => Number(form.get(name));
    const ranges = Object.fromEntries(
      kinds.map((kind): [string, Range] => [kind, { min: number(`${kind}-min`), max: number(`${kind}-max`) }]),
    );
    onLook({
      byFerry: form.get("ferries") === "on",
      options: {
        objective: form.get("objective") as Objective,
        ...(byRange ? { ranges } : { k: number("k"), tolerance: number("tolerance") / 100 }),
        ...(time > 0 ? { timeLimit: time } : {}),
      },
    });
  };
  return (
    <form
      className="aims"
      onSubmit={(event) => {
        event.preventDefault();
        look(new FormData(event.currentTarget));
      }}
    >
      <h3>{t.aims}</h3>
      <div className="row" role="group" aria-label={t.aims}>
        <label>
          <input type="radio" name="by" checked={!byRange} onChange={() => setByRange(false)} /> {t.byNumber}
        </label>
        <label>
          <input type="radio" name="by" checked={byRange} onChange={() => setByRange(true)} /> {t.byRange}
        </label>
      </div>
      {byRange ? (
        <Ranges mean={total / grids} />
      ) : (
        <div className="row">
          <label>
            {t.k} <input name="k" type="number" min={1} max={blocks.length} defaultValue={wanted} required />
          </label>
          <label>
            {t.tolerance}{" "}
            <input name="tolerance" type="number" min={1} max={1000} defaultValue={Math.max(50, least)} required /> %
          </label>
        </div>
      )}
      <div className="row">
        <label>
          {t.objective}{" "}
          <select name="objective" defaultValue="pareto">
            {Object.entries(t.objectives).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.effort}{" "}
          <select name="time" defaultValue="0">
            {Object.entries(t.efforts).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input type="checkbox" name="ferries" /> {t.ferries}
        </label>
        <button className="primary" disabled={running}>
          {t.search}
        </button>
      </div>
      {locked > 0 && <p className="quiet">{t.lockedNote(locked)}</p>}
    </form>
  );
}

function Ranges({ mean }: { mean: number }) {
  const { t } = usePlanningTexts();
  return (
    <fieldset>
      <legend>{t.ranges}</legend>
      {kinds.map((kind) => (
        <p key={kind} className="row">
          <b>{t.focus[kind]}</b>
          <label>
            {t.from}{" "}
            <input
              name={`${kind}-min`}
              type="number"
              min={0}
              step="any"
              defaultValue={Math.floor(mean * usual[kind][0])}
              required
            />
          </label>
          <label>
            {t.to}{" "}
            <input
              name={`${kind}-max`}
              type="number"
              min={1}
              step="any"
              defaultValue={Math.ceil(mean * usual[kind][1])}
              required
            />
          </label>
        </p>
      ))}
      <p className="quiet">{t.rangeHint}</p>
    </fieldset>
  );
}
