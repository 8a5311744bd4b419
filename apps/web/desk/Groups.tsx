import { lookAlikes } from "@linge/domain/case/lookAlikes.ts";
import { useMemo } from "react";
import type { CaseRow } from "./api.ts";
import { useTexts } from "./language.tsx";

type Props = { items: CaseRow[]; onChoose: (ids: string[]) => void };

/** Of the cases listed, those that look like the same thing, to be selected together and merged. */
export function Groups({ items, onChoose }: Props) {
  const { t } = useTexts();
  const groups = useMemo(() => lookAlikes(items), [items]);
  if (groups.length === 0) return null;
  return (
    <details className="groups">
      <summary>{t.groups(groups.length)}</summary>
      <ul className="plain">
        {groups.map((group) => (
          <li key={group[0]!.id}>
            <button onClick={() => onChoose(group.map((item) => item.id))}>{t.chooseGroup(group.length)}</button>{" "}
            {group[0]!.text}
          </li>
        ))}
      </ul>
    </details>
  );
}
