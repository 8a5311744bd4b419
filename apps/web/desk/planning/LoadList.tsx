import type { ReactNode } from "react";
import type { Group } from "./board.ts";
import { usePlanningTexts } from "./texts.ts";
import { groupName, percent } from "./words.ts";

type Props = {
  groups: readonly Group[];
  label: string;
  changed?: ReadonlySet<string>;
  action?: (group: Group) => ReactNode;
};

/** Grids with their load as a bar against the mean (the mark at half its width). */
export function LoadList({ groups, label, changed, action }: Props) {
  const { t, language } = usePlanningTexts();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="loads">
        <thead>
          <tr>
            <th scope="col">{t.group}</th>
            <th scope="col" colSpan={2}>
              {t.load}
            </th>
            {action && <th scope="col">{t.lock}</th>}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.name}>
              <th scope="row" title={group.blocks.map((block) => block[language]).join(t.list)}>
                {groupName(t, group, language)} {changed?.has(group.name) && <span className="tag">{t.changed}</span>}
              </th>
              <td className="number">
                {Math.round(group.load)} · {percent(group.share)}
              </td>
              <td className="bar" aria-hidden="true">
                <span style={{ width: `${Math.min(100, group.share * 50)}%` }} />
              </td>
              {action && <td>{action(group)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
