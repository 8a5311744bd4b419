import { useEffect, useRef, type Dispatch } from "react";
import type { Assignment, PlanningBlock } from "./api.ts";
import { choicesFor, type BoardStep, type Group } from "./board.ts";
import { usePlanningTexts } from "./texts.ts";
import { groupName } from "./words.ts";

type Props = {
  blocks: readonly PlanningBlock[];
  groups: readonly Group[];
  assignment: Assignment;
  locked: readonly string[];
  chosen?: string;
  draw: Dispatch<BoardStep>;
};

/** Stands for "a grid of its own" among the choices. */
const alone = "+";

/** The same as dragging on the map, for hands that do not drag; a block chosen on the map is shown first. */
export function BlockTable({ blocks, groups, assignment, locked, chosen, draw }: Props) {
  const { t, language } = usePlanningTexts();
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => row.current?.scrollIntoView({ block: "nearest" }), [chosen]);
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t.block}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.block}</th>
            <th scope="col">{t.load}</th>
            <th scope="col">{t.goesTo}</th>
          </tr>
        </thead>
        <tbody>
          {blocks.map((block) => (
            <tr
              key={block.code}
              ref={block.code === chosen ? row : undefined}
              className={block.code === chosen ? "chosen" : undefined}
            >
              <th scope="row">{block[language]}</th>
              <td className="number">{Math.round(block.workload)}</td>
              <td>
                <select
                  aria-label={`${block[language]} ${t.goesTo}`}
                  value={assignment[block.code]}
                  disabled={locked.includes(assignment[block.code]!)}
                  onChange={({ target: { value } }) =>
                    draw(
                      value === alone
                        ? { kind: "apart", block: block.code }
                        : { kind: "move", block: block.code, group: value },
                    )
                  }
                >
                  {choicesFor(block, groups).map((group) => (
                    <option key={group.name} value={group.name} disabled={locked.includes(group.name)}>
                      {groupName(t, group, language)}
                    </option>
                  ))}
                  <option value={alone}>{t.alone}</option>
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
