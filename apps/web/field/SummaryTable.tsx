import type { SummaryLine } from "@linge/server/features/sync/summary.ts";
import { useTexts } from "./use.tsx";

const columns = ["toVerify", "toCheck", "overdue", "visitsDue", "open"] as const;

/** What waits in each part of a leader's area. */
export function SummaryTable({ parts }: { parts: SummaryLine[] }) {
  const { t, language } = useTexts();
  return (
    <div className="scroll" role="region" aria-label={t.today.summary} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column} scope="col">
                {t.today.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.code}>
              <th scope="row">{part[language]}</th>
              {columns.map((column) => (
                <td key={column}>{part[column]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
