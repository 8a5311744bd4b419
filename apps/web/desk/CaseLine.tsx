import { caseLabels } from "@linge/domain/case/labels.ts";
import { momentText } from "../ui/time.ts";
import type { CaseRow } from "./api.ts";
import { useTexts } from "./language.tsx";

/** Another case in one line, to open. */
export function CaseLine({ row, onOpen }: { row: CaseRow; onOpen: (id: string) => void }) {
  const { language } = useTexts();
  return (
    <li>
      <button className="link number" onClick={() => onOpen(row.id)}>
        {row.number}
      </button>{" "}
      <span className="quiet">
        {caseLabels[language].state[row.state]} · {momentText(row.reportedAt, language)}
      </span>{" "}
      {row.text}
    </li>
  );
}
